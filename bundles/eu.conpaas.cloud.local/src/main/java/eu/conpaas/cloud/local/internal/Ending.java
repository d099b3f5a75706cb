package eu.conpaas.cloud.local.internal;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Ends one VM, or goes on ending one whose end was cut short; its folder is left to the caller. */
final class Ending {
    private final Machine machine;
    private final VmFolder folder;

    Ending(Machine machine, VmFolder folder) {
        this.machine = machine;
        this.folder = folder;
    }

    /** @param plan the installation's network, or null if it has none any more */
    void run(VmRecord vm, NetworkPlan plan) {
        folder.begin(); // so that nothing comes up behind our back
        Reaper.end(vm, folder);
        if (plan != null) {
            machine.isolation(vm.isolation()).clean(vm, plan);
        }
        try {
            machine.limits().remove(vm.id());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
