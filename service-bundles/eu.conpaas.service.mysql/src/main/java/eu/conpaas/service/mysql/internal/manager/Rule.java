package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Placement;
import eu.conpaas.service.manager.Initiative;
import eu.conpaas.service.manager.RoleManager;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.doc.Gtid;
import eu.conpaas.service.mysql.internal.doc.ServerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who leads, who follows, and whether commits wait for replicas. What it remembers is only since when something is wrong. */
final class Rule {
    private static final Logger LOG = LoggerFactory.getLogger(Rule.class);
    /** A replica that dies is usually back before this; until then commits wait for it. */
    private static final Duration LONELY = Duration.ofSeconds(10);
    /** How long a replica may fail to follow before it is filled anew. */
    private static final Duration BROKEN = Duration.ofSeconds(20);
    /** Seconds a replica may be behind and still answer reads. */
    private static final long BEHIND = 30;
    private static final int LAST_WORD = 60;
    private final Patience patience = new Patience();
    private final Takeover takeover;
    private long mastersBefore;
    private volatile List<String> readers = List.of();

    Rule(Supplier<Initiative> initiative) {
        takeover = new Takeover(initiative);
    }

    /** Addresses of the replicas that may answer reads, as of the last look. */
    List<String> readers() {
        return readers;
    }

    /** Makes the master of the wanted state lead, if it does not. */
    void impose(Situation situation) throws InterruptedException {
        NodeView master = Members.master(situation);
        NodeView former = Members.master(situation, situation.from()).filter(m -> !m.id().equals(master.id())).orElse(null);
        Crew crew = new Crew(situation);
        if (former == null && crew.state(master).leading()) {
            return;
        }
        new Replicas(situation).inherit(master);
        List<NodeView> leaving = situation.from().placement().stream().map(Placement::node)
                .filter(id -> situation.to().placement().stream().noneMatch(p -> p.node().equals(id)) && !situation.assignment().dead().contains(id))
                .flatMap(id -> situation.assignment().nodes().stream().filter(n -> n.id().equals(id) && n.address() != null)).toList();
        List<NodeView> others = Stream.concat(Members.slaves(situation).stream().filter(n -> n.port() > 0), leaving.stream()).toList();
        new Leadership(crew).establish(master, others, former, situation.to().version());
    }

    /** While something else is under way: a master whose server has died and is back leads again. Nobody else takes its place meanwhile. */
    synchronized void again(Situation situation) throws InterruptedException {
        NodeView master = Members.master(situation);
        Crew crew = new Crew(situation);
        boolean led = situation.from().goal() == Goal.RUNNING && Members.master(situation, situation.from()).filter(m -> m.id().equals(master.id())).isPresent();
        if (led && !crew.state(master).leading()) {
            List<NodeView> others = situation.nodes(situation.from(), Names.SLAVES);
            new Leadership(crew).establish(master, others, null, situation.from().version());
        }
    }

    /** Before the usual repairs: where nobody leads, somebody takes over; replicas that do not follow do again, or are filled anew. */
    void restore(Situation situation, Formation.Repair repair) throws Exception {
        Crew crew = new Crew(situation);
        Map<NodeView, ServerState> slaves = look(Members.all(situation), crew);
        ServerState master = slaves.remove(Members.master(situation));
        if (master == null) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "The agent of the master does not answer.", "If its node is dead, another takes its place in a moment.");
        }
        if (!master.leading()) {
            takeOver(situation, slaves, repair);
            master = crew.state(Members.master(situation));
        }
        refill(situation, master, slaves);
        keep(situation, master, slaves);
    }

    /**
     * The most advanced replica is asked for. Without one, or while the director does not answer, the master leads again as soon as it is back: that nobody
     * else does is the director's word.
     */
    private void takeOver(Situation situation, Map<NodeView, ServerState> slaves, Formation.Repair repair) throws Exception {
        NodeView master = Members.master(situation);
        Optional<NodeView> heir = slaves.entrySet().stream().filter(s -> s.getValue().up() && s.getValue().there())
                .max(Comparator.comparingLong(s -> Gtid.sequence(s.getValue().gtid()))).map(Map.Entry::getKey);
        if (heir.isPresent() && takeover.isAsked(heir.get())) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "The server of the master " + master.id() + " has died; " + heir.get().id() + " takes over.", "Wait a moment.");
        }
        repair.run();
        new Leadership(new Crew(situation)).establish(master, Members.slaves(situation), null, situation.to().version());
    }

    private static Map<NodeView, ServerState> look(List<NodeView> nodes, Crew crew) throws InterruptedException {
        Map<NodeView, ServerState> states = new ConcurrentHashMap<>();
        RoleManager.eachInParallel(nodes, node -> crew.look(node).ifPresent(s -> states.put(node, s)));
        return states;
    }

    /** Replicas without data, or that have not been able to follow, or got nothing of what the master has had for some time. */
    private void refill(Situation situation, ServerState leader, Map<NodeView, ServerState> states) {
        NodeView master = Members.master(situation);
        long due = mastersBefore;
        mastersBefore = Gtid.sequence(leader.gtid());
        for (Map.Entry<NodeView, ServerState> s : states.entrySet()) {
            boolean broken = s.getValue().up() && (!s.getValue().follows(master.address()) && s.getValue().error() != null
                    || s.getValue().idle() && Gtid.sequence(s.getValue().gtid()) < due);
            if (!s.getValue().there() || patience.isOver("broken " + s.getKey().id(), broken, BROKEN)) {
                LOG.warn("{} is filled anew: {}", s.getKey().id(), s.getValue().error());
                new Replicas(situation).refill(s.getKey(), master);
                patience.forget("broken " + s.getKey().id());
            }
        }
    }

    /** While the master leads: replicas follow it, commits wait for one if there is one, reads go to those that are well, and old data are tidied away. */
    void keep(Situation situation) throws InterruptedException {
        Crew crew = new Crew(situation);
        keep(situation, crew.state(Members.master(situation)), look(Members.slaves(situation), crew));
    }

    private void keep(Situation situation, ServerState m, Map<NodeView, ServerState> states) throws InterruptedException {
        Crew crew = new Crew(situation);
        NodeView master = Members.master(situation);
        List<NodeView> slaves = Members.slaves(situation);
        RoleManager.eachInParallel(List.copyOf(states.keySet()), node -> follow(node, states, master, crew));
        List<NodeView> following = slaves.stream().filter(n -> states.containsKey(n) && states.get(n).follows(master.address())).toList();
        readers = following.stream().filter(n -> states.get(n).behind() <= BEHIND).map(NodeView::address).toList();
        boolean alone = patience.isOver("lonely", following.isEmpty() && !slaves.isEmpty(), LONELY) || slaves.isEmpty();
        if (m.leading() && !following.isEmpty() && (!m.semi() || m.solo())) {
            crew.semi(master, true);
        } else if (m.leading() && alone && (m.semi() || !m.solo())) {
            LOG.warn("{} goes on without a replica", master.id());
            crew.semi(master, false);
        }
        if (m.leading()) {
            List<String> keep = new ArrayList<>();
            Stream.of(situation.from(), situation.to()).forEach(state -> state.placement().forEach(p -> keep.add(p.node())));
            crew.tidy(master, keep, situation.to().version());
        }
    }

    private static void follow(NodeView node, Map<NodeView, ServerState> states, NodeView master, Crew crew) {
        ServerState state = states.get(node);
        try {
            if (state.up() && state.leading()) {
                crew.fence(node);
            } else if (state.up() && state.there() && !state.follows(master.address())) {
                crew.follow(node, master);
                states.put(node, crew.state(node));
            }
        } catch (ApiException e) {
            Leadership.rethrowStale(e);
            LOG.warn("{} does not follow {}: {}", node.id(), master.id(), e.getMessage());
        }
    }

    /** Before a stop: a replica gets what the master has. */
    void lastWord(NodeView slave, Situation situation) {
        Members.master(situation, situation.from()).ifPresent(master -> {
            Crew crew = new Crew(situation);
            if (!crew.reached(slave, crew.state(master).gtid(), LAST_WORD)) {
                LOG.warn("{} stops before it has all that {} has", slave.id(), master.id());
            }
        });
    }
}
