package eu.conpaas.director.internal.node;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import eu.conpaas.api.NodeState;
import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.Vm;
import eu.conpaas.director.internal.store.Database;

/** Compares clouds and rows: ends VMs that no row claims, notes nodes that the cloud has lost, goes on ending what is to end. */
public final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final Database database;
    private final Nodes nodes;
    private final Clouds clouds;
    private final Pulse pulse;
    private final NodeEnder ender;

    public Sweep(Database database, Nodes nodes, Clouds clouds, Pulse pulse, NodeEnder ender) {
        this.database = database;
        this.nodes = nodes;
        this.clouds = clouds;
        this.pulse = pulse;
        this.ender = ender;
    }

    public void run() {
        for (Map.Entry<String, Cloud> entry : clouds.usable().entrySet()) {
            try {
                sweep(entry.getKey(), entry.getValue());
                clouds.heard(entry.getKey(), null);
            } catch (CloudException e) {
                clouds.heard(entry.getKey(), e.kind() + ": " + e.getMessage());
                LOG.warn("Sweeping cloud {}: {}: {}", entry.getKey(), e.kind(), e.getMessage());
            }
        }
        database.read(Nodes::here).stream().filter(n -> n.state() == NodeState.FAILED || n.state() == NodeState.LOST || n.state() == NodeState.LEAVING)
                .forEach(n -> ender.tryEnd(n.id()));
    }

    private void sweep(String name, Cloud cloud) {
        // the list first: a node stored after it cannot be missed, one that was in it is claimed by a row stored before
        List<Vm> vms = cloud.list();
        List<Node> here = database.read(Nodes::here).stream().filter(n -> n.cloud().equals(name)).toList();
        Map<String, Node> byToken = here.stream().collect(Collectors.toMap(Node::token, n -> n));
        Set<String> vmids = here.stream().map(Node::vmid).filter(v -> v != null).collect(Collectors.toCollection(HashSet::new));
        for (Vm vm : vms) {
            if (vm.state() == Vm.State.TERMINATED || vmids.contains(vm.id())) {
                continue;
            }
            Node claimant = vm.token() == null ? null : byToken.get(vm.token());
            if (claimant == null || claimant.vmid() != null) {
                LOG.warn("Ending VM {} of cloud {}: {}", vm.id(), name, claimant == null ? "no node claims it" : "it is a second one for node " + claimant.id());
                cloud.terminate(vm.id());
            }
        }
        Set<String> listed = vms.stream().map(Vm::id).collect(Collectors.toSet());
        here.stream().filter(n -> n.state() == NodeState.READY && n.vmid() != null && !listed.contains(n.vmid())).forEach(n -> noteLost(cloud, n));
    }

    private void noteLost(Cloud cloud, Node node) {
        if (isGone(cloud, node)) {
            Instant heard = pulse.heard(node);
            database.write(s -> {
                nodes.lost(s, node.id(), heard, "the cloud has lost its VM " + node.vmid());
                return null;
            });
        }
    }

    /** Whether the cloud itself says that the node's VM is no more; a list alone may be stale. */
    static boolean isGone(Cloud cloud, Node node) {
        if (node.vmid() == null) {
            return false;
        }
        try {
            Vm.State state = cloud.describe(node.vmid()).state();
            return state == Vm.State.TERMINATED || state == Vm.State.FAILED;
        } catch (CloudException e) {
            return e.kind() == CloudException.Kind.NOT_FOUND;
        }
    }
}
