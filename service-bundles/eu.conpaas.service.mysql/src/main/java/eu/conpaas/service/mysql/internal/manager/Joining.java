package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.doc.ClusterState;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings servers into a cluster that works: with the data they have, if what they lack is still kept by the others, else with a copy. */
final class Joining {
    private static final Logger LOG = LoggerFactory.getLogger(Joining.class);
    /** A server that does not even run is given up sooner than one that is catching up. */
    private static final Duration DOWN = Duration.ofSeconds(60);
    private static final int LOOK_MS = 100;
    private final Situation situation;
    private final Crew crew;

    Joining(Situation situation) {
        this.situation = situation;
        this.crew = new Crew(situation);
    }

    /** Makes the agent look anew whether the server may run; nothing else of its configuration has changed by that. */
    void reconfigure(NodeView node) {
        situation.agents().release(node, Names.SERVER);
        configure(node);
    }

    void configure(NodeView node) {
        situation.agents().configure(node, Names.SERVER, Clustered.doc(situation).map());
    }

    /** Has the node take over data that were left, if it has none. */
    void readopt(NodeView node) {
        if (!crew.member(node).there()) {
            new Folders(situation).adoptAny(node);
        }
    }

    /** Lets a server in that has data, and starts it. */
    void admit(NodeView node, NodeView member) {
        boolean runs = crew.member(node).named();
        crew.admit(node, member);
        if (runs) {
            configure(node);
        } else {
            reconfigure(node);
        }
    }

    /** Returns when the server serves, with a copy of the donor's data if it has no data that fit. */
    void join(NodeView node, NodeView donor) throws InterruptedException {
        ClusterState state = crew.member(node);
        if (state.serves()) {
            return;
        }
        if (state.there()) {
            try {
                admit(node, donor);
                awaitServing(node);
                return;
            } catch (ApiException e) {
                if (e.error().code() != ErrorCode.STEP_FAILED) {
                    throw e;
                }
                LOG.info("{} cannot go on with the data it has: {}", node.id(), e.getMessage());
            }
        }
        refill(node, donor);
    }

    /** With a copy of a member's data in place of what is there. */
    void refill(NodeView node, NodeView donor) throws InterruptedException {
        crew.dismiss(node);
        crew.drop(node, true);
        crew.copy(donor, node);
        admit(node, donor);
        awaitServing(node);
    }

    /** @throws ApiException STEP_FAILED if the server does not stay up */
    void awaitServing(NodeView node) throws InterruptedException {
        long seen = System.nanoTime();
        while (true) {
            situation.cancel().check();
            ClusterState state = crew.member(node);
            if (state.serves()) {
                return;
            }
            if (state.up()) {
                seen = System.nanoTime();
            } else if (System.nanoTime() - seen > DOWN.toNanos()) {
                throw new ApiException(ErrorCode.STEP_FAILED, "The server on " + node.id() + " does not come into the cluster.", "See the node's log.");
            }
            Thread.sleep(LOOK_MS);
        }
    }
}
