package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.Vm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The VMs as their folders tell. Nothing about a VM is kept elsewhere, so a director that starts again simply reads on. */
final class Fleet {
    private static final int ID_BYTES = 6;

    private final Path folder;
    private int lastNumber;

    /** @param folder the cloud's folder */
    Fleet(Path folder) {
        this.folder = folder.resolve("vms");
    }

    /** The id a token leads to. */
    static String id(String token) {
        return "vm-" + HexFormat.of().formatHex(NetworkPlan.digest(token), 0, ID_BYTES);
    }

    VmFolder folder(String vmid) {
        return new VmFolder(folder.resolve(vmid));
    }

    /** The record of a VM, or null. */
    VmRecord record(String vmid) {
        return Requests.isVmid(vmid) ? folder(vmid).load() : null;
    }

    List<VmRecord> all() {
        List<VmRecord> all = new ArrayList<>();
        for (String vmid : ids()) {
            VmRecord vm = record(vmid);
            if (vm != null) {
                all.add(vm);
            }
        }
        return all;
    }

    /** Folders of VMs, with a record or without. */
    List<String> ids() {
        String[] names = folder.toFile().list();
        return names == null ? List.of() : List.of(names).stream().filter(Requests::isVmid).sorted().toList();
    }

    /** First processes of the VMs that run in namespaces. */
    List<Init> running() {
        List<Init> running = new ArrayList<>();
        for (VmRecord vm : all()) {
            VmFolder files = folder(vm.id());
            Init init = files.started();
            if (vm.isolation() == Mode.NAMESPACES && init != null && init.alive(vm)) {
                running.add(init);
            }
        }
        return running;
    }

    /** A free last number; those just given back come last, as somebody may still remember them. */
    int freeNumber() {
        Set<Integer> used = new HashSet<>();
        all().forEach(vm -> used.add(vm.number()));
        for (int i = 0; i < NetworkPlan.LAST_NODE; i++) {
            int number = (lastNumber + i) % NetworkPlan.LAST_NODE + 1;
            if (!used.contains(number)) {
                lastNumber = number;
                return number;
            }
        }
        throw new CloudException(CloudException.Kind.CAPACITY, "this cloud's " + NetworkPlan.LAST_NODE + " addresses are all in use");
    }

    /** Removes folders without a record: an order that never got that far, or an end that was cut short at its last step. */
    void sweep() {
        ids().stream().map(this::folder).filter(f -> f.load() == null).forEach(f -> Disk.remove(f.path()));
    }

    /** Removes the folder of the VMs' folders, when none is left. */
    void remove() {
        folder.toFile().delete();
    }

    /** What a VM looks like now. */
    Vm view(VmRecord vm, String sharedPath) {
        VmFolder files = folder(vm.id());
        Init init = files.started();
        Vm.State state;
        String reason = null;
        if (vm.ending()) {
            state = Vm.State.STOPPING;
        } else if (init != null && init.alive(vm)) {
            state = init.ready() ? Vm.State.RUNNING : Vm.State.PENDING;
        } else if (init == null && vm.machine().equals(Procs.machine())) {
            state = Vm.State.PENDING;
        } else {
            state = Vm.State.FAILED;
            reason = vm.machine().equals(Procs.machine()) ? "its first process ended; last on its console: " + Console.lastLine(files.console())
                    : "the machine was started anew";
        }
        return new Vm(vm.id(), vm.token(), state, vm.address(), vm.address(), sharedPath, reason);
    }
}
