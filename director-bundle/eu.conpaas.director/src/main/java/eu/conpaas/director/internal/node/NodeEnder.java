package eu.conpaas.director.internal.node;

import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import eu.conpaas.api.ApiException;
import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.Vm;
import eu.conpaas.director.internal.Failpoint;
import eu.conpaas.director.internal.store.Database;

/** Ends nodes: asks the cloud until it has really dropped the VM, only then is the node ENDED. May be called again at any time. */
public final class NodeEnder {
    private static final Logger LOG = LoggerFactory.getLogger(NodeEnder.class);

    private final Database database;
    private final Nodes nodes;
    private final Clouds clouds;
    private final Pulse pulse;
    private final Consumer<String> revoke;

    /** @param revoke makes a node's certificates void */
    public NodeEnder(Database database, Nodes nodes, Clouds clouds, Pulse pulse, Consumer<String> revoke) {
        this.database = database;
        this.nodes = nodes;
        this.clouds = clouds;
        this.pulse = pulse;
        this.revoke = revoke;
    }

    /** Returns when the cloud holds nothing of the node any more. Keeps trying, however long the cloud is away. */
    public void end(String id) throws InterruptedException {
        if (database.read(s -> Nodes.find(s, id)).isEmpty()) {
            return;
        }
        mark(id);
        Backoff backoff = new Backoff();
        while (!tryEnd(id)) {
            backoff.sleep();
        }
    }

    /** Stores that the node is to end and makes its certificates void. One that has fallen silent has ended when it was last heard. */
    public void mark(String id) {
        database.write(s -> {
            Node node = Nodes.get(s, id);
            if (pulse.isSilent(node)) {
                nodes.lost(s, id, pulse.heard(node), "not heard since " + pulse.heard(node));
            }
            nodes.leaving(s, id);
            return null;
        });
        revoke.accept(id);
        Failpoint.BEFORE_TERMINATE_NODE.hit();
    }

    /** One try to end a node. @return whether it is gone */
    public boolean tryEnd(String id) {
        Node node = database.read(s -> Nodes.get(s, id));
        if (node.gone()) {
            return true;
        }
        try {
            Cloud cloud = clouds.get(node.cloud());
            String vmid = node.vmid() != null ? node.vmid() : byToken(cloud, node.token());
            if (vmid != null) {
                cloud.terminate(vmid);
                Failpoint.AFTER_TERMINATE_NODE.hit();
                if (!dropped(cloud, vmid)) {
                    return false;
                }
            }
            // a VM that an order without answer may still bring is ended by the sweep: no row claims it any more
            database.write(s -> {
                nodes.gone(s, id);
                return null;
            });
            pulse.forget(id);
            return true;
        } catch (CloudException | ApiException e) {
            LOG.warn("Ending node {}: {}; trying again", id, e.getMessage());
            return false;
        }
    }

    private static String byToken(Cloud cloud, String token) {
        return cloud.list().stream().filter(vm -> token.equals(vm.token()) && vm.state() != Vm.State.TERMINATED).map(Vm::id).findFirst().orElse(null);
    }

    private static boolean dropped(Cloud cloud, String vmid) {
        try {
            return cloud.describe(vmid).state() == Vm.State.TERMINATED;
        } catch (CloudException e) {
            if (e.kind() == CloudException.Kind.NOT_FOUND) {
                return true;
            }
            throw e;
        }
    }
}
