package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Placement;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.doc.ServerDoc;
import eu.conpaas.service.mysql.internal.doc.ServerState;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings up servers: with the data of one that is no more, or with a copy of the master's. */
final class Replicas {
    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);
    private static final int SLICE = 20;
    private static final int PROBATION = 15;
    private final Situation situation;
    private final Crew crew;

    Replicas(Situation situation) {
        this.situation = situation;
        this.crew = new Crew(situation);
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
            leftBehind(node).stream().max(Comparator.comparingLong(f -> lead(f))).ifPresent(f -> {
                LOG.info("{} takes over the data of {}", node.id(), f.get("name"));
                crew.adopt(node, f.get("name").toString());
            });
        }
        configure(node);
    }

    private static long lead(Map<String, Object> folder) {
        return ((Number) folder.get("lead")).longValue();
    }

    /** Data folders of nodes that are no more. */
    private List<Map<String, Object>> leftBehind(NodeView asked) {
        Set<String> names = new HashSet<>(situation.to().placement().stream().map(Placement::node).toList());
        situation.from().placement().stream().map(Placement::node).filter(n -> !situation.assignment().dead().contains(n)).forEach(names::add);
        return crew.folders(asked).stream().filter(f -> !names.contains(f.get("name").toString())).toList();
    }

    /**
     * Where a dead master has acknowledged commits that no replica had, and its data outlive it, the one that is to lead has to have these data and no
     * others. Does nothing else.
     */
    void inherit(NodeView leader) {
        List<Map<String, Object>> folders = crew.folders(leader);
        long own = folders.stream().filter(f -> f.get("name").equals(leader.id())).mapToLong(Replicas::lead).findFirst().orElse(0);
        leftBehind(leader).stream().filter(f -> (boolean) f.get("solo") && lead(f) > own).max(Comparator.comparingLong(f -> lead(f))).ifPresent(f -> {
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
        if (crew.state(node).there()) {
            return true;
        }
        for (Map<String, Object> folder : leftBehind(node)) {
            try {
                crew.adopt(node, folder.get("name").toString());
                return true;
            } catch (ApiException e) {
                // another replica was quicker
                if (e.error().code() != ErrorCode.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return false;
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
