package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.doc.ServerDoc;
import eu.conpaas.service.mysql.internal.doc.ServerState;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings up servers: with the data of one that is no more, or with a copy of the master's. */
final class Replicas {
    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);
    private static final int SLICE = 20;
    private static final int PROBATION = 15;
    private final Situation situation;
    private final Crew crew;
    private final Folders folders;

    Replicas(Situation situation) {
        this.situation = situation;
        this.crew = new Crew(situation);
        this.folders = new Folders(situation);
    }

    /** What a server is configured with. */
    ServerDoc doc(NodeView node) {
        return new ServerDoc(ServerDoc.idOf(node.id()), situation.to().settings());
    }

    private void configure(NodeView node) {
        situation.agents().configure(node, Names.SERVER, doc(node).map());
    }

    /** The master's server: with the data the last master has left, or empty. */
    void master(NodeView node) {
        if (!crew.state(node).there()) {
            folders.leftBehind(node).stream().max(Comparator.comparingLong(Folders::lead)).ifPresent(f -> {
                LOG.info("{} takes over the data of {}", node.id(), f.get("name"));
                crew.adopt(node, f.get("name").toString());
            });
        }
        configure(node);
    }

    /**
     * Where a dead master has acknowledged commits that no replica had, and its data outlive it, the one that is to lead has to have these data and no
     * others. Does nothing else.
     */
    void inherit(NodeView leader) {
        long own = crew.folders(leader).stream().filter(f -> f.get("name").equals(leader.id())).mapToLong(Folders::lead).findFirst().orElse(0);
        folders.leftBehind(leader).stream().filter(f -> (boolean) f.get("solo") && Folders.lead(f) > own).max(Comparator.comparingLong(Folders::lead)).ifPresent(f -> {
            LOG.warn("{} had no replica when it died: {} takes over its data", f.get("name"), leader.id());
            situation.agents().release(leader, Names.SERVER);
            crew.drop(leader, true);
            crew.adopt(leader, f.get("name").toString());
            configure(leader);
        });
    }

    /** A replica of the master: after a stop with the data of one that was there before, if these still fit; else with a copy. */
    void replica(NodeView node, NodeView master) {
        if (situation.from().goal() != Goal.RUNNING && readopted(node) && fits(node, master)) {
            return;
        }
        refill(node, master);
    }

    private boolean readopted(NodeView node) {
        return crew.state(node).there() || folders.adoptAny(node);
    }

    private boolean fits(NodeView node, NodeView master) {
        configure(node);
        crew.follow(node, master);
        boolean reached = crew.reached(node, crew.state(master).gtid(), PROBATION);
        ServerState state = crew.state(node);
        return state.follows(master.address()) && (reached || state.error() == null);
    }

    /** With a copy of the master's data in place of what is there. */
    void refill(NodeView node, NodeView master) {
        situation.agents().release(node, Names.SERVER);
        crew.drop(node, true);
        crew.copy(master, node);
        configure(node);
        crew.follow(node, master);
    }

    /** Waits until a replica has what the master had when this was called. @throws ApiException STEP_FAILED if it has stopped following */
    void caughtUp(NodeView node, NodeView master) {
        String goal = crew.state(master).gtid();
        while (!crew.reached(node, goal, SLICE)) {
            situation.cancel().check();
            ServerState state = crew.state(node);
            if (state.up() && !state.follows(master.address())) {
                throw new ApiException(ErrorCode.STEP_FAILED, "The replica on " + node.id() + " does not follow: " + state.error(), "See the node's log.");
            }
        }
    }
}
