package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.CloudException.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Ends every process of a node, also those that left its session or hide their environment. */
final class Reaper {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private Reaper() {
    }

    /** Returns when none is left. @throws CloudException AUTH if one belongs to another user, UNREACHABLE if one does not die */
    static void end(VmRecord vm, VmFolder folder) {
        Init init = folder.started();
        if (init != null && vm.isolation() == Mode.NAMESPACES && init.alive(vm)) {
            // The kernel ends a pid namespace with its first process, and that process only when all others are gone.
            kill(init.pid(), vm);
            await(() -> Procs.start(init.pid()) != init.start(), vm);
        }
        await(() -> {
            Set<Long> members = members(vm, folder, init);
            members.forEach(pid -> kill(pid, vm));
            return members.isEmpty();
        }, vm);
    }

    private static Set<Long> members(VmRecord vm, VmFolder folder, Init init) {
        Set<Long> members = new HashSet<>();
        Map<Long, Long> parents = new HashMap<>();
        List<Long> all = Procs.all();
        for (long pid : all) {
            long parent = Procs.parent(pid);
            if (parent < 0) {
                continue;
            }
            parents.put(pid, parent);
            if (Procs.carries(pid, vm.token(), folder.path()) || vm.isolation() == Mode.LOOPBACK && strayed(pid, parent, folder)) {
                members.add(pid);
            }
        }
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Map.Entry<Long, Long> entry : parents.entrySet()) {
                grown |= members.contains(entry.getValue()) && members.add(entry.getKey());
            }
        }
        return members;
    }

    /**
     * Engines such as nginx write their title over their environment; while the node's first process lives they are found as its
     * descendants, afterwards by the files of the node they write.
     */
    private static boolean strayed(long pid, long parent, VmFolder folder) {
        return parent == 1 && Procs.detached(pid) && Procs.writesUnder(pid, folder.path());
    }

    private static void kill(long pid, VmRecord vm) {
        if (!Procs.kill(pid)) {
            throw new CloudException(Kind.AUTH, "process " + pid + " of " + vm.id() + " belongs to another user; end the VM as that user or as root");
        }
    }

    /** Waits for something the kernel is about to do, looking ever less often. */
    static void await(BooleanSupplier done, VmRecord vm) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long pause = 200_000;
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new CloudException(Kind.UNREACHABLE, "processes of " + vm.id() + " do not end");
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(pause * 2, 50_000_000);
        }
    }
}
