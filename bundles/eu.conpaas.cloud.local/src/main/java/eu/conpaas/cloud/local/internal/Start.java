package eu.conpaas.cloud.local.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Starts one VM: everything is laid out as files first, then one script does the rest. */
final class Start {
    private final Machine machine;
    private final NodeFiles files;
    private final VmRecord vm;
    private final VmFolder folder;

    Start(Machine machine, NodeFiles files, VmRecord vm, VmFolder folder) {
        this.machine = machine;
        this.files = files;
        this.vm = vm;
        this.folder = folder;
    }

    /** @return whether the first process runs; if not, the console log says why */
    boolean run(String userData, Size size, NetworkPlan plan) {
        Isolation isolation = machine.isolation(vm.isolation());
        Disk.remove(folder.init());
        Disk.folder(folder.node(), "rwxr-xr-x");
        Disk.folder(folder.boot(), "rwxr-xr-x");
        Disk.writeSecret(folder.bootstrap(), userData);
        Disk.script("conpaas-node-boot", folder.boot().resolve("conpaas-node-boot"));
        Disk.script("start-" + vm.mode(), folder.file("start"));
        Disk.write(folder.file("cgroups"), limits(size));
        Isolation.Places places = isolation.prepare(vm, folder, files, plan);
        return isolation.start(vm, folder, plan, environment(places));
    }

    private String limits(Size size) {
        try {
            return machine.limits().make(vm.id(), size).stream().map(path -> path + "\n").collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment(Isolation.Places places) {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", places.node());
        environment.put(Procs.TOKEN, vm.token());
        environment.put(Procs.FOLDER, folder.path().toString());
        environment.put("CONPAAS_START", folder.begin());
        environment.put("CONPAAS_NODE_DIR", places.node());
        environment.put("CONPAAS_PRODUCT", places.product());
        environment.put("CONPAAS_BOOTSTRAP", places.bootstrap());
        environment.put("CONPAAS_ADDRESS", vm.address());
        environment.put("CONPAAS_ISOLATION", vm.mode());
        if (places.shared() != null) {
            environment.put("CONPAAS_SHARED", places.shared());
        }
        if (places.run() != null) {
            environment.put("CONPAAS_RUN", places.run());
        }
        return environment;
    }
}
