package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.CloudException;
import java.util.ArrayList;
import java.util.List;

/** What this machine and this user are good for; found out at first use and kept. */
final class Machine {
    private final LocalOptions options;
    private final Limits limits;
    private final Isolation loopback = new LoopbackIsolation();
    private final Isolation namespaces = new NamespaceIsolation();
    private Isolation found;
    private String hindrance;

    /** @param group name of the installation's cgroup */
    Machine(LocalOptions options, String group) {
        this.options = options;
        this.limits = new Limits(group);
    }

    LocalOptions options() {
        return options;
    }

    Limits limits() {
        return limits;
    }

    /** How new VMs are isolated. @throws CloudException BAD_REQUEST if programs are missing or the configured mode cannot be had */
    synchronized Isolation isolation() {
        if (found == null) {
            found = find();
            Tools.require(found.mode());
        }
        return found;
    }

    /** How a VM made in a mode is treated, whatever new ones get. */
    Isolation isolation(Mode mode) {
        return mode == Mode.NAMESPACES ? namespaces : loopback;
    }

    /** What users should know of this cloud. */
    synchronized List<String> notices() {
        List<String> notices = new ArrayList<>();
        if (isolation().mode() == Mode.LOOPBACK) {
            notices.add("no isolation: nodes are kept apart by address and folder only" + (hindrance == null ? "" : " (" + hindrance + ")")
                    + ", and other users of this machine can reach their ports");
        }
        limits(notices);
        return notices;
    }

    private void limits(List<String> notices) {
        List<String> missing = limits.missing();
        if (missing.containsAll(List.of("memory", "cpu"))) {
            notices.add("no limits: this machine lets the director make no cgroups, so nodes share memory and processors as they come");
        } else if (!missing.isEmpty()) {
            notices.add("no limits by the controllers " + missing + ", which this machine's cgroups do not have");
        }
    }

    private Isolation find() {
        if (options.mode() == Mode.LOOPBACK) {
            return loopback;
        }
        if (!Procs.privileged()) {
            hindrance = "namespaces need root";
        } else {
            Tools.require(Mode.NAMESPACES);
            String complaint = NamespaceIsolation.probe();
            hindrance = complaint == null ? null : "no namespaces: " + complaint;
        }
        if (hindrance == null) {
            return namespaces;
        }
        if (options.mode() == Mode.NAMESPACES) {
            throw new CloudException(CloudException.Kind.BAD_REQUEST, "MODE: namespaces cannot be had here: " + hindrance);
        }
        return loopback;
    }
}
