package eu.conpaas.cloud.local.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Nodes that have nothing of their own but a 127.x address, their processes and their folder. */
final class LoopbackIsolation implements Isolation {
    @Override
    public Mode mode() {
        return Mode.LOOPBACK;
    }

    @Override
    public String hostAddress(NetworkPlan plan) {
        return "127.0.0.1";
    }

    @Override
    public void ensureNetwork(NetworkPlan plan) {
        // all of 127.0.0.0/8 is there already
    }

    @Override
    public void removeNetwork(NetworkPlan plan) {
        // and stays
    }

    @Override
    public Places prepare(VmRecord vm, VmFolder folder, NodeFiles files, NetworkPlan plan) {
        try {
            Disk.common(folder.file("tmp"));
            makeRun(plan.run(vm.number()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Places(folder.node().toString(), files.product().toString(), folder.bootstrap().toString(), sharedPath(vm, files),
                plan.run(vm.number()).toString());
    }

    /** Anybody may make folders there; only one that is new is surely ours. */
    private static void makeRun(Path run) throws IOException {
        Disk.remove(run);
        Files.createDirectory(run, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @Override
    public boolean start(VmRecord vm, VmFolder folder, NetworkPlan plan, Map<String, String> environment) {
        environment.put("TMPDIR", folder.file("tmp").toString());
        return Commands.firstLine(environment, folder.console(), "sh", folder.file("start").toString(), folder.path().toString()) != null;
    }

    @Override
    public void clean(VmRecord vm, NetworkPlan plan) {
        Disk.remove(plan.run(vm.number()));
    }

    @Override
    public String sharedPath(VmRecord vm, NodeFiles files) {
        return vm.sharedFolder() == null ? null : files.sharedFolder(vm.sharedFolder()).toString();
    }

    @Override
    public void attach(String address, VmRecord vm, NetworkPlan plan, Init init, Iterable<Init> others) {
        // every process of this machine may bind it; who does is the nodes' matter
    }

    @Override
    public void detach(String address, Iterable<Init> nodes) {
        // see attach
    }
}
