package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.RoleManager;
import eu.conpaas.service.mysql.internal.doc.ServerState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one server the master so that no acknowledged commit is lost, whatever the others were before:
 *
 * <ol>
 * <li>Who may still take writes stops taking them; replicas stop receiving, so that nobody can acknowledge any more, and carry out what they have.
 * <li>Every server that lives says how far it is. One whose agent does not answer may be the one that has most: then nothing happens until it answers or is
 * found dead.
 * <li>If one is further than the chosen one, the chosen one catches up from it.
 * <li>The chosen one takes writes, the others follow it.
 * </ol>
 * Each part may be repeated, by this manager or another.
 */
final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final int HOLD = 20;
    private static final int CATCH_UP = 60;
    private final Crew crew;

    Leadership(Crew crew) {
        this.crew = crew;
    }

    /**
     * @param leader who is to be master
     * @param others all other members that live
     * @param former who was master before, or null; its server may be down, for it comes back as one that takes no writes
     * @param term   number of this leadership
     */
    void establish(NodeView leader, List<NodeView> others, NodeView former, long term) throws InterruptedException {
        long begin = System.nanoTime();
        Map<NodeView, Long> reached = new ConcurrentHashMap<>();
        NodeView before = former != null && others.contains(former) ? former : null;
        if (before != null) {
            stop(before, reached);
        }
        List<NodeView> asked = Stream.concat(Stream.of(leader), others.stream()).filter(n -> n != before).toList();
        RoleManager.eachInParallel(asked, node -> hold(node, node == leader, reached));
        NodeView best = reached.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(leader);
        if (reached.get(best) > reached.get(leader)) {
            LOG.info("{} is at {}, {} only at {}: it catches up first", best.id(), reached.get(best), leader.id(), reached.get(leader));
            catchUp(leader, best);
        }
        RoleManager.eachInParallel(Stream.concat(Stream.of(leader), others.stream()).toList(), node -> {
            if (node == leader) {
                crew.lead(leader, term, !others.isEmpty());
            } else {
                followed(node, leader);
            }
        });
        LOG.info("{} leads, {} ms after its election began", leader.id(), (System.nanoTime() - begin) / 1_000_000);
    }

    /** The former master, if it answers, gives up its place at once; what it has carried out counts like everybody's. */
    private void stop(NodeView former, Map<NodeView, Long> reached) {
        try {
            reached.put(former, crew.hold(former, HOLD, false));
        } catch (ApiException e) {
            rethrowStale(e);
            if (crew.look(former).map(ServerState::up).orElse(false)) {
                LOG.warn("{} does not give up its place ({}): its server is ended", former.id(), e.getMessage());
                crew.fence(former);
            }
        }
    }

    /** A replica whose agent answers but whose server does not come up is not waited for longer than this. */
    private void hold(NodeView node, boolean needed, Map<NodeView, Long> reached) {
        try {
            reached.put(node, crew.hold(node, HOLD, true));
        } catch (ApiException e) {
            rethrowStale(e);
            if (needed || crew.look(node).isEmpty()) {
                throw e;
            }
            LOG.warn("{} is left out of the election: {}", node.id(), e.getMessage());
        }
    }

    private void catchUp(NodeView leader, NodeView best) {
        String goal = crew.state(best).gtid();
        crew.follow(leader, best);
        if (!crew.reached(leader, goal, CATCH_UP)) {
            throw new ApiException(ErrorCode.UNAVAILABLE, leader.id() + " has not caught up with " + best.id() + " yet.", "It is tried again.");
        }
        crew.hold(leader, HOLD, true);
    }

    /** That a server cannot follow now does not keep the master from leading; it is seen to afterwards. */
    private void followed(NodeView node, NodeView leader) {
        try {
            crew.follow(node, leader);
        } catch (ApiException e) {
            rethrowStale(e);
            LOG.warn("{} does not follow {} yet: {}", node.id(), leader.id(), e.getMessage());
        }
    }

    static void rethrowStale(ApiException e) {
        if (e.error().code() == ErrorCode.STALE_EPOCH) {
            throw e;
        }
    }
}
