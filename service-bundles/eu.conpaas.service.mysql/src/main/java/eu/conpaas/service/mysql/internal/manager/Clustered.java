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
import eu.conpaas.service.mysql.internal.doc.ClusterDoc;
import eu.conpaas.service.mysql.internal.doc.ClusterState;
import eu.conpaas.service.mysql.internal.doc.DoorDoc;
import eu.conpaas.service.mysql.internal.doc.ServerDoc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servers that all take writes and agree on each commit. They find each other by themselves, after crashes too; what is left to the manager is to begin a
 * cluster where there is none, and to fill servers that cannot catch up. The master is the one that the service's address leads to.
 */
final class Clustered implements Formation {
    private static final Logger LOG = LoggerFactory.getLogger(Clustered.class);
    /** Servers that have all died are usually one cluster again before this. A server alone waits for nobody, and never begins by itself. */
    private static final Duration REUNION = Duration.ofSeconds(15);
    /** How long a server may be out of the cluster before it is filled anew. */
    private static final Duration OUT = Duration.ofSeconds(45);
    private static final String OUT_OF = "out ";
    private static final int LOOK_MS = 200;
    private final Patience patience = new Patience();
    private final Takeover takeover;
    private volatile List<String> serving = List.of();

    Clustered(Supplier<Initiative> initiative) {
        takeover = new Takeover(initiative);
    }

    @Override
    public ServerDoc doc(NodeView node, Situation situation) {
        return doc(situation);
    }

    static ServerDoc doc(Situation situation) {
        return new ServerDoc(ServerDoc.OF_CLUSTER, situation.to().settings(), new ClusterDoc(reachable(situation).stream().map(NodeView::address).toList()));
    }

    /** Everybody who may have a server now, in an order that stays. */
    private static List<NodeView> reachable(Situation situation) {
        List<String> ids = Stream.of(situation.from(), situation.to()).flatMap(s -> s.placement().stream()).map(Placement::node).distinct().sorted().toList();
        return ids.stream().filter(id -> !situation.assignment().dead().contains(id))
                .flatMap(id -> situation.assignment().nodes().stream().filter(n -> n.id().equals(id) && n.address() != null && n.port() > 0)).toList();
    }

    /** Writes go to the master for as long as it serves, else to one of the others; reads to the others. */
    @Override
    public DoorDoc door(NodeView node, Situation situation) {
        String master = Members.master(situation).address();
        List<String> others = serving.stream().filter(a -> !a.equals(master)).toList();
        List<String> writers = new ArrayList<>(others);
        if (serving.contains(master) || others.isEmpty()) {
            writers.addFirst(master);
        }
        return new DoorDoc(Members.addressAt(node, situation), situation.assignment().addresses().get(Names.READS), master, others, writers);
    }

    /** States of all servers that can be asked. */
    private static Map<NodeView, ClusterState> look(List<NodeView> nodes, Situation situation) throws InterruptedException {
        Crew crew = new Crew(situation);
        Map<NodeView, ClusterState> states = new ConcurrentHashMap<>();
        RoleManager.eachInParallel(nodes, node -> Crew.answered(() -> crew.member(node)).ifPresent(s -> states.put(node, s)));
        return states;
    }

    /** A server from which another can get its data: rather one that users are not led to. */
    private static NodeView donor(Map<NodeView, ClusterState> states, NodeView master, NodeView receiver) {
        List<NodeView> able = states.entrySet().stream().filter(s -> s.getValue().serves() && !s.getKey().equals(receiver)).map(Map.Entry::getKey).toList();
        return able.stream().filter(n -> !n.equals(master)).findFirst().or(() -> able.stream().findFirst())
                .orElseThrow(() -> new ApiException(ErrorCode.UNAVAILABLE, "No server of the cluster can give its data now.", "Wait a moment."));
    }

    @Override
    public void first(NodeView node, Situation situation) throws InterruptedException {
        Map<NodeView, ClusterState> states = look(reachable(situation), situation);
        if (states.entrySet().stream().anyMatch(s -> s.getValue().in() && !s.getKey().equals(node))) {
            new Joining(situation).join(node, donor(states, node, node));
        } else if (!states.containsKey(node) || !states.get(node).in()) {
            new Revival(situation).run(node, reachable(situation), states.keySet());
        }
    }

    @Override
    public void further(NodeView node, Situation situation) throws InterruptedException {
        Map<NodeView, ClusterState> states = alive(situation);
        Joining joining = new Joining(situation);
        if (situation.from().goal() != Goal.RUNNING) {
            joining.readopt(node);
        }
        joining.join(node, donor(states, Members.master(situation), node));
    }

    @Override
    public void caughtUp(NodeView node, Situation situation) throws InterruptedException {
        new Joining(situation).awaitServing(node);
    }

    /** Looks at everybody; where the cluster is gone it is begun again. */
    private Map<NodeView, ClusterState> alive(Situation situation) throws InterruptedException {
        List<NodeView> nodes = reachable(situation);
        Map<NodeView, ClusterState> states = agreed(nodes, situation);
        if (states.values().stream().noneMatch(ClusterState::in)) {
            NodeView master = Members.master(situation);
            new Revival(situation).run(master, nodes, states.keySet());
            states = look(nodes, situation);
        }
        return states;
    }

    /** What servers say of their cluster counts only after they have noticed who is no more: until then it may be about to be gone. */
    private static Map<NodeView, ClusterState> agreed(List<NodeView> nodes, Situation situation) throws InterruptedException {
        long deadline = System.nanoTime() + REUNION.toNanos();
        while (true) {
            Map<NodeView, ClusterState> states = look(nodes, situation);
            long in = states.values().stream().filter(ClusterState::in).count();
            boolean noticed = states.values().stream().filter(ClusterState::in).allMatch(s -> s.size() == in);
            if (noticed || System.nanoTime() > deadline) {
                return states;
            }
            situation.cancel().check();
            Thread.sleep(LOOK_MS);
        }
    }

    @Override
    public void impose(Situation situation) throws InterruptedException {
        NodeView master = Members.master(situation);
        Map<NodeView, ClusterState> states = alive(situation);
        if (!states.containsKey(master) || !states.get(master).serves()) {
            new Joining(situation).join(master, donor(states, master, master));
        }
        new Crew(situation).entry(master, situation.to().version());
    }

    @Override
    public void keep(Situation situation) throws InterruptedException {
        keep(situation, look(Members.all(situation), situation));
    }

    private void keep(Situation situation, Map<NodeView, ClusterState> states) {
        serving = Members.all(situation).stream().filter(n -> states.containsKey(n) && states.get(n).serves()).map(NodeView::address).toList();
        NodeView master = Members.master(situation);
        if (states.containsKey(master) && states.get(master).serves()) {
            List<String> keep = Stream.of(situation.from(), situation.to()).flatMap(s -> s.placement().stream()).map(Placement::node).toList();
            new Crew(situation).tidy(master, keep, situation.to().version());
        }
    }

    @Override
    public void restore(Situation situation, Repair repair) throws Exception {
        List<NodeView> nodes = Members.all(situation);
        Map<NodeView, ClusterState> states = look(nodes, situation);
        boolean gone = states.values().stream().noneMatch(ClusterState::in);
        if (patience.isOver("gone", gone, nodes.size() == 1 ? Duration.ZERO : REUNION)) {
            new Revival(situation).run(Members.master(situation), nodes, states.keySet());
            patience.forget("gone");
            states = look(nodes, situation);
        } else if (gone) {
            serving = List.of();
            throw new ApiException(ErrorCode.UNAVAILABLE, "The servers are not one cluster now.", "Most often they are again in a moment; if not, one of them begins it anew.");
        }
        for (Map.Entry<NodeView, ClusterState> s : states.entrySet()) {
            if (s.getValue().in()) {
                patience.forget(OUT_OF + s.getKey().id());
            } else {
                bringBack(s.getKey(), s.getValue(), states, situation);
            }
        }
        keep(situation, states);
    }

    /** A server comes back by itself if it can; one that has no data, or has not come back for some time, gets a copy. */
    private void bringBack(NodeView node, ClusterState state, Map<NodeView, ClusterState> states, Situation situation) throws InterruptedException {
        String out = OUT_OF + node.id();
        Joining joining = new Joining(situation);
        NodeView donor = donor(states, Members.master(situation), node);
        if (!state.there() || patience.isOver(out, true, OUT)) {
            // A copy has a log of its own: with another master the backups go on with that.
            if (node.equals(Members.master(situation))) {
                boolean asked = takeover.isAsked(donor);
                throw new ApiException(ErrorCode.UNAVAILABLE, "The server of the master " + node.id() + " does not come back; " + donor.id()
                        + (asked ? " takes over." : " is to take over when the director can be asked."), "Wait a moment.");
            }
            LOG.warn("{} is filled anew", node.id());
            joining.refill(node, donor);
            patience.forget(out);
        } else if (!state.named()) {
            joining.admit(node, donor);
        }
    }

    @Override
    public void end(Situation situation) throws InterruptedException {
        Crew crew = new Crew(situation);
        RoleManager.eachInParallel(Members.all(situation), crew::dismiss);
    }

    @Override
    public void renew(NodeView master, Situation situation) throws InterruptedException {
        if (!new Crew(situation).member(master).in()) {
            new Revival(situation).begin(master);
        }
        new Crew(situation).entry(master, situation.to().version());
    }

    @Override
    public void refill(NodeView node, Situation situation) throws InterruptedException {
        new Joining(situation).refill(node, Members.master(situation));
    }
}
