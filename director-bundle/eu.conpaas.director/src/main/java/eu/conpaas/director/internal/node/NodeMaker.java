package eu.conpaas.director.internal.node;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Bootstrap;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeState;
import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.Vm;
import eu.conpaas.cloud.VmRequest;
import eu.conpaas.director.internal.Failpoint;
import eu.conpaas.director.internal.event.Bells;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Docs;

/**
 * Brings up a node whose intent is stored. It may be called again at any time, also after a restart: the order is repeated with the
 * same token and finds the same VM.
 */
public final class NodeMaker {
    private static final Logger LOG = LoggerFactory.getLogger(NodeMaker.class);
    private static final int MAX_ATTEMPTS = 3;
    private static final int MAX_ORDERS = 8;
    private static final long LOOK_MILLIS = 2000;

    private final Database database;
    private final Nodes nodes;
    private final Clouds clouds;
    private final Bells bells;
    private final Duration bootTimeout;
    private final Access access;

    /** Where nodes find the director. */
    public interface Access {
        /** Base URL as nodes of the cloud reach it. */
        String url(Cloud cloud);

        /** SHA-256 of the CA's certificate, hex. */
        String fingerprint();
    }

    public NodeMaker(Database database, Nodes nodes, Clouds clouds, Bells bells, Duration bootTimeout, Access access) {
        this.database = database;
        this.nodes = nodes;
        this.clouds = clouds;
        this.bells = bells;
        this.bootTimeout = bootTimeout;
        this.access = access;
    }

    /**
     * Returns when the node is ready.
     *
     * @param unwanted told true as soon as nobody wants the node any more
     * @throws ApiException CLOUD if it did not come up; it is FAILED then and its hold given back. UNAVAILABLE if it became unwanted
     */
    public void bringUp(String id, BooleanSupplier unwanted) throws InterruptedException {
        while (true) {
            Node node = database.read(s -> Nodes.get(s, id));
            switch (node.state()) {
                case READY -> {
                    learnVm(node, unwanted);
                    return;
                }
                case REQUESTED, BOOTING -> {
                    stopIfUnwanted(id, unwanted);
                    tryOnce(node, unwanted);
                }
                default -> throw new ApiException(ErrorCode.CLOUD, "Node " + id + " did not come up: " + (node.detail() == null ? "it was ended." : node.detail()),
                        "Try again.");
            }
        }
    }

    /** A node can be heard before its order's answer is stored (or ever comes); repeating the order tells its VM. */
    private void learnVm(Node node, BooleanSupplier unwanted) throws InterruptedException {
        if (node.vmid() == null) {
            order(clouds.get(node.cloud()), node, unwanted);
        }
    }

    private static void stopIfUnwanted(String id, BooleanSupplier unwanted) {
        if (unwanted.getAsBoolean()) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "Node " + id + " is no longer wanted.", "");
        }
    }

    private void tryOnce(Node node, BooleanSupplier unwanted) throws InterruptedException {
        try {
            Cloud cloud = clouds.get(node.cloud());
            Vm vm = node.vmid() == null ? order(cloud, node, unwanted) : null;
            String why = awaitReady(cloud, node.id(), vm == null ? node.vmid() : vm.id(), unwanted);
            if (why != null) {
                giveUp(cloud, node, vm == null ? node.vmid() : vm.id(), why);
            }
        } catch (CloudException e) {
            fail(node, Clouds.error(node.cloud(), e));
        }
    }

    private void fail(Node node, ApiException error) {
        database.write(s -> {
            nodes.failed(s, node.id(), error.error().cause());
            return null;
        });
        throw error;
    }

    /** Orders the VM. When the answer does not come, the same order is repeated: the cloud knows it by its token. */
    private Vm order(Cloud cloud, Node node, BooleanSupplier unwanted) throws InterruptedException {
        Service service = database.read(s -> Services.get(s, node.sid()));
        String bootstrap = Docs.write(new Bootstrap(access.url(cloud), access.fingerprint(), node.id(), node.enrol()));
        VmRequest request = new VmRequest(node.token(), "conpaas-" + node.kind().name().toLowerCase(java.util.Locale.ROOT) + "-" + service.type() + "-u"
                + node.uid() + "-s" + node.sid(), clouds.options(node.cloud()).get("INST_TYPE"), bootstrap, service.sharedFolder(), false);
        Failpoint.BEFORE_CLOUD_CREATE.hit();
        Backoff backoff = new Backoff();
        for (int order = 1;; order++) {
            try {
                Vm vm = cloud.create(request);
                Failpoint.AFTER_CLOUD_CREATE.hit();
                if (!database.write(s -> nodes.ordered(s, node.id(), vm))) {
                    cloud.terminate(vm.id());
                }
                Failpoint.AFTER_ORDERED.hit();
                return vm;
            } catch (CloudException e) {
                boolean again = e.kind() == CloudException.Kind.UNREACHABLE || e.kind() == CloudException.Kind.THROTTLED;
                if (!again || order == MAX_ORDERS) {
                    throw e;
                }
                LOG.warn("Ordering node {} on {}: {}: {}; trying again", node.id(), node.cloud(), e.kind(), e.getMessage());
                stopIfUnwanted(node.id(), unwanted);
                backoff.sleep();
            }
        }
    }

    /** @return null once the node is ready (or nobody waits for it), else why this VM will not become so */
    private String awaitReady(Cloud cloud, String id, String vmid, BooleanSupplier unwanted) throws InterruptedException {
        long deadline = System.nanoTime() + bootTimeout.toNanos();
        while (true) {
            Node node = database.read(s -> Nodes.get(s, id));
            if (node.state() != NodeState.REQUESTED && node.state() != NodeState.BOOTING) {
                return null;
            }
            long seen = bells.count(node.sid());
            stopIfUnwanted(id, unwanted);
            if (System.nanoTime() > deadline) {
                return "no heartbeat within " + bootTimeout.toSeconds() + " s of its order";
            }
            String broken = broken(cloud, vmid);
            if (broken != null) {
                return broken;
            }
            if (database.read(s -> Nodes.get(s, id)).state() == NodeState.BOOTING) {
                bells.await(node.sid(), seen, LOOK_MILLIS);
            }
        }
    }

    /** What the cloud says is wrong with the VM, or null. A cloud that cannot be asked now says nothing. */
    private static String broken(Cloud cloud, String vmid) {
        try {
            Vm vm = cloud.describe(vmid);
            return switch (vm.state()) {
                case FAILED -> "the cloud failed to start it: " + vm.reason();
                case TERMINATED, STOPPED -> "its VM has ended" + (vm.reason() == null ? "" : ": " + vm.reason());
                default -> null;
            };
        } catch (CloudException e) {
            return e.kind() == CloudException.Kind.NOT_FOUND ? "the cloud has no VM " + vmid + " any more" : null;
        }
    }

    private void giveUp(Cloud cloud, Node node, String vmid, String why) {
        String tail = consoleTail(cloud, vmid);
        LOG.warn("Node {} (VM {}): {}{}", node.id(), vmid, why, tail.isEmpty() ? "" : "; its console ends:\n" + tail);
        if (node.attempt() + 1 >= MAX_ATTEMPTS) {
            fail(node, new ApiException(ErrorCode.CLOUD, "Node " + node.id() + " did not come up in " + MAX_ATTEMPTS + " attempts: " + why + ".",
                    "Look at the cloud's console log, then try again."));
        }
        try {
            cloud.terminate(vmid);
        } catch (CloudException e) {
            LOG.warn("VM {} will be ended by the next sweep: {}", vmid, e.getMessage());
        }
        database.write(s -> {
            nodes.nextAttempt(s, node, why);
            return null;
        });
    }

    private static String consoleTail(Cloud cloud, String vmid) {
        try {
            return cloud.consoleLog(vmid, 2000);
        } catch (CloudException e) {
            return "";
        }
    }
}
