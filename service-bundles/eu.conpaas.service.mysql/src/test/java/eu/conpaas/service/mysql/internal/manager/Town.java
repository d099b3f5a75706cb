package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Assignment;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.NodeContext;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeState;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.api.StepKind;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.agent.Supervisor;
import eu.conpaas.service.manager.Cancel;
import eu.conpaas.service.manager.Initiative;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.MysqlServiceType;
import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.agent.MysqlAgent;
import eu.conpaas.service.mysql.internal.engine.DatabaseNode;
import eu.conpaas.service.plan.Change;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.PlanFacts;
import eu.conpaas.service.plan.Planned;
import eu.conpaas.service.plan.Planner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A director and a cloud as small as can be, with real servers: plans with the real planner, does every step twice, each with a new manager. */
final class Town implements AutoCloseable {
    private final ServiceType type;
    private final Map<String, DatabaseNode> nodes = new LinkedHashMap<>();
    private final Set<String> dead = new HashSet<>();
    private final Map<String, MysqlAgent> agents = new TreeMap<>();
    private final Map<String, Map<String, Map<String, Object>>> configured = new ConcurrentHashMap<>();
    private final String address = DatabaseNode.freeAddress();
    private final String reads = DatabaseNode.freeAddress();
    private final List<Map<String, Object>> asked = new CopyOnWriteArrayList<>();
    private final Path base;
    private final Path shared;
    private DesiredState desired;
    private ServiceState state = ServiceState.INIT;
    private ServiceManager manager;
    private ServiceManager watching;
    private Operation operation;
    private int operations;
    private int next;

    Town(Path base) throws IOException {
        this(base, new MysqlServiceType());
    }

    Town(Path base, ServiceType type) throws IOException {
        this.base = base;
        this.type = type;
        this.shared = Files.createDirectories(base.resolve("shared"));
        this.desired = type.planner().initial();
        this.manager = manager();
    }

    /** Where a node's data are. */
    Path data(DatabaseNode node) {
        return shared.resolve("data").resolve(node.node().node());
    }

    /** The service's address. */
    String address() {
        return address;
    }

    /** Its address for reads. */
    String reads() {
        return reads;
    }

    DesiredState desired() {
        return desired;
    }

    DatabaseNode master() {
        return nodes.get(desired.nodesWith(Names.MASTERS).getFirst());
    }

    List<DatabaseNode> slaves() {
        return desired.nodesWith(Names.SLAVES).stream().map(nodes::get).toList();
    }

    /** Makes a change with all its steps. @return their ids */
    List<String> change(String method, Map<String, Object> arguments) throws Exception {
        Change change = type.planner().change(new ChangeRequest(method, arguments, state, List.of()), desired);
        return carryOut(Planner.plan(type.planner(), desired, change, facts()));
    }

    List<String> replaceDead() throws Exception {
        List<String> steps = carryOut(Planner.replace(type.planner(), desired, facts()));
        dead.clear();
        return steps;
    }

    private PlanFacts facts() {
        return new PlanFacts("c", Set.of(), dead, true, 1, Map.of());
    }

    /** What the manager asks for of its own accord is done after its round. @return whether it asked for something */
    boolean converge() throws Exception {
        asked.clear();
        if (watching == null) {
            watching = manager();
        }
        try {
            watching.converge(situation(desired));
        } catch (ApiException e) {
            if (asked.isEmpty()) {
                throw e;
            }
        }
        boolean any = !asked.isEmpty();
        for (Map<String, Object> call : List.copyOf(asked)) {
            @SuppressWarnings("unchecked")
            Map<String, Object> arguments = (Map<String, Object>) call.get("arguments");
            change(call.get("method").toString(), arguments);
        }
        return any;
    }

    private void forgetWatching() throws Exception {
        if (watching != null) {
            watching.close();
            watching = null;
        }
    }

    private List<String> carryOut(Planned planned) throws Exception {
        forgetWatching();
        Map<String, String> slots = new TreeMap<>();
        planned.target().placement().stream().filter(Placement::isSlot).forEach(p -> slots.put(p.node(), "n-" + ++next));
        DesiredState target = planned.target().withPlacement(planned.target().placement().stream()
                .map(p -> new Placement(slots.getOrDefault(p.node(), p.node()), p.roles(), p.cloud())).toList());
        operation = new Operation("op-" + Integer.toHexString(0xabc0 + ++operations), 1, 1, planned.plan().kind(), Operation.State.RUNNING, planned.plan(), Map.of(), null,
                "tester", Instant.now(), null, false);
        for (PlanStep planStep : planned.plan().steps()) {
            step(planStep.withNode(planStep.node() == null ? null : slots.getOrDefault(planStep.node(), planStep.node())), target);
        }
        desired = target.settled();
        operation = null;
        state = target.goal() == DesiredState.Goal.RUNNING ? ServiceState.RUNNING : ServiceState.STOPPED;
        return planned.plan().steps().stream().map(PlanStep::kind).toList();
    }

    private void step(PlanStep step, DesiredState target) throws Exception {
        if (step.actor() == Actor.MANAGER) {
            for (int i = 0; i < 2; i++) {
                manager = manager();
                manager.step(step, situation(target));
                manager.close();
            }
        } else if (step.kind().equals(StepKind.CREATE_NODE)) {
            DatabaseNode node = new DatabaseNode(step.node(), base, shared);
            nodes.put(step.node(), node);
            agents.put(step.node(), new MysqlAgent(node));
        } else {
            end(step.node());
        }
    }

    private void end(String id) throws IOException {
        DatabaseNode node = nodes.remove(id);
        if (node != null) {
            node.close();
        }
    }

    /** The node's machine goes away without a word. */
    void kill(DatabaseNode node) throws IOException {
        end(node.node().node());
        dead.add(node.node().node());
    }

    /** Asks the service something. */
    Map<String, Object> ask(String method) throws Exception {
        return manager.query(method, Map.of(), situation(desired));
    }

    /** Takes back the steps of a change that fails at one of them. @return why it fails */
    ApiException fail(String method, Map<String, Object> arguments) throws Exception {
        try {
            change(method, arguments);
        } catch (ApiException e) {
            Change change = type.planner().change(new ChangeRequest(method, arguments, state, List.of()), desired);
            Planned planned = Planner.plan(type.planner(), desired, change, facts());
            for (PlanStep step : planned.plan().steps().reversed()) {
                manager.undo(step, situation(planned.target()));
            }
            operation = null;
            return e;
        }
        throw new AssertionError(method + " succeeded");
    }

    String dump() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        manager.download("sqldump", Map.of(), situation(desired)).content().writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Begun as every manager is; what it asks for is written down. */
    private ServiceManager manager() {
        ServiceManager made = type.manager(new ManagerContext() {
            @Override
            public NodeContext node() {
                return new NodeContext("m", NodeKind.MANAGER, "mysql", 1, 1, 1, 1, "https://127.0.0.1", "127.0.0.1", 443, shared.toString(), 10, 2);
            }

            @Override
            public Path folder() {
                return base.resolve("manager");
            }

            @Override
            public Path sharedFolder() {
                return shared;
            }

            @Override
            public Supervisor supervisor() {
                throw new UnsupportedOperationException("nothing runs beside this manager");
            }
        });
        made.begin(new Initiative() {
            @Override
            public void change(String method, Map<String, Object> arguments) {
                asked.add(Map.of("method", method, "arguments", arguments));
            }

            @Override
            public void wake() {
                // the next round is whenever the test wants it
            }
        });
        return made;
    }

    private Situation situation(DesiredState target) {
        ServiceView view = new ServiceView(1, "db", "mysql", state, Instant.EPOCH, "127.0.0.1", 443, "m", "c", 1, 1, null, null);
        List<NodeView> views = nodes.values().stream().map(n -> new NodeView(n.node().node(), 1, 1, NodeKind.AGENT, NodeState.READY, "c", "vm-" + n.node().node(),
                n.node().address(), 5555, Instant.EPOCH, null, null)).toList();
        Assignment assignment = new Assignment(1, 1, view, desired, target, operation, views, List.copyOf(dead), List.of(), shared.toString(), address, List.of(), Map.of(),
                null, null, Map.of(Names.READS, reads));
        return new Situation(assignment, desired, target, new TownAgents(nodes, agents, configured), new Cancel() {
            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void onCancel(Runnable action) {
            }
        });
    }

    @Override
    public void close() throws Exception {
        forgetWatching();
        manager.close();
        for (String id : List.copyOf(nodes.keySet())) {
            end(id);
        }
    }
}
