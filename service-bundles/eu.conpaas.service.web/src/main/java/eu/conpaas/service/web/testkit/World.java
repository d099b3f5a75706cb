package eu.conpaas.service.web.testkit;

import eu.conpaas.api.Assignment;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.NodeContext;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeState;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.api.StepKind;
import eu.conpaas.rpc.Download;
import eu.conpaas.service.agent.Supervisor;
import eu.conpaas.service.manager.Agents;
import eu.conpaas.service.manager.Cancel;
import eu.conpaas.service.manager.ConfigurationHash;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.PlanFacts;
import eu.conpaas.service.plan.Planned;
import eu.conpaas.service.plan.Planner;
import eu.conpaas.service.plan.StepGroups;
import eu.conpaas.service.supervise.EngineUser;
import eu.conpaas.service.supervise.LocalSupervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A director and a cloud as small as can be: plans changes with the real planner, makes nodes with real engines, and lets the real manager do
 * its steps, a new manager for each.
 */
public final class World implements AutoCloseable {
    private final ServiceType type;
    private final Map<String, EngineNode> nodes = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Map<String, Object>>> roles = new ConcurrentHashMap<>();
    private final List<CodeVersion> versions = new ArrayList<>();
    private final Set<String> dead = new HashSet<>();
    private final String address = EngineNode.freeAddress();
    private final Path base;
    private final Path shared;
    private String managerAddress = EngineNode.freeAddress();
    private LocalSupervisor managerDaemons;
    private DesiredState desired;
    private ServiceState state = ServiceState.INIT;
    private List<eu.conpaas.api.Published> published = List.of();
    private int next;
    private int managers;

    public World(ServiceType type, Path base) throws IOException {
        this(type, base, true);
    }

    /** @param share whether nodes share a folder */
    public World(ServiceType type, Path base, boolean share) throws IOException {
        this.type = type;
        this.desired = type.planner().initial();
        this.base = base;
        this.shared = share ? base.resolve("shared") : null;
        if (share) {
            new EngineUser(EngineNode.user()).folder(shared);
        }
        managerDaemons = daemons();
    }

    private LocalSupervisor daemons() {
        managers++;
        return new LocalSupervisor(base.resolve("m-daemons" + managers), base.resolve("m-logs" + managers), new EngineUser(EngineNode.user()), Map.of());
    }

    public String address() {
        return address;
    }

    public int port() throws Exception {
        return ((Number) node("proxy").agent().call("proxy_info", Map.of()).get("port")).intValue();
    }

    /** What the other services of the application publish from now on. */
    public void published(List<eu.conpaas.api.Published> now) {
        published = now;
    }

    public DesiredState desired() {
        return desired;
    }

    public EngineNode node(String role) {
        return nodes.get(desired.nodesWith(role).getFirst());
    }

    public EngineNode node(String role, int index) {
        return nodes.get(desired.nodesWith(role).get(index));
    }

    public void upload(CodeVersion version, Path archive) {
        versions.add(version);
        EngineNode.CONTENT.put(version.hash(), archive);
    }

    /** Makes a change with all its steps. */
    public List<String> change(String method, Map<String, Object> arguments) throws Exception {
        Planned planned = Planner.plan(type.planner(), desired, type.planner().change(new ChangeRequest(method, arguments, state, versions), desired),
                new PlanFacts("c", Set.of(), dead, true, 1, Map.of()));
        return carryOut(planned, -1);
    }

    /** Makes the steps of a change up to and with the given number, then takes them back. */
    public void changeAndUndo(String method, Map<String, Object> arguments, int steps) throws Exception {
        Planned planned = Planner.plan(type.planner(), desired, type.planner().change(new ChangeRequest(method, arguments, state, versions), desired),
                PlanFacts.on("c"));
        carryOut(planned, steps);
    }

    private List<String> carryOut(Planned planned, int undoAfter) throws Exception {
        Map<String, String> slots = new TreeMap<>();
        planned.target().placement().stream().filter(Placement::isSlot).forEach(p -> slots.put(p.node(), "node-" + ++next));
        DesiredState target = planned.target().withPlacement(planned.target().placement().stream()
                .map(p -> new Placement(slots.getOrDefault(p.node(), p.node()), p.roles(), p.cloud())).toList());
        List<PlanStep> steps = planned.plan().steps().stream().map(s -> s.withNode(s.node() == null ? null : slots.getOrDefault(s.node(), s.node()))).toList();
        if (undoAfter >= 0) {
            List<PlanStep> done = steps.subList(0, undoAfter);
            for (PlanStep step : done) {
                step(step, target);
            }
            for (PlanStep step : done.reversed()) {
                if (step.actor() == Actor.MANAGER) {
                    manager().undo(step, situation(target));
                } else {
                    end(step.node());
                }
            }
            return List.of();
        }
        for (List<PlanStep> group : StepGroups.of(steps)) {
            for (PlanStep step : group) {
                step(step, target);
            }
        }
        desired = target;
        state = target.goal() == DesiredState.Goal.RUNNING ? ServiceState.RUNNING : ServiceState.STOPPED;
        return steps.stream().map(PlanStep::id).toList();
    }

    private void step(PlanStep step, DesiredState target) throws Exception {
        switch (step.kind()) {
            case StepKind.CREATE_NODE -> {
                nodes.put(step.node(), new EngineNode(type, step.node(), base, shared));
                roles.put(step.node(), new ConcurrentHashMap<>());
            }
            case StepKind.REMOVE_NODE -> end(step.node());
            default -> {
                manager().open(situation(target));
                manager().step(step, situation(target));
                manager().step(step, situation(target));
            }
        }
    }

    private void end(String id) throws IOException {
        EngineNode node = nodes.remove(id);
        if (node != null) {
            node.close();
        }
        dead.remove(id);
    }

    /** The node's machine goes away without a word. */
    public void kill(String id) throws IOException {
        nodes.get(id).close();
        nodes.remove(id);
        dead.add(id);
    }

    public void replaceDead() throws Exception {
        carryOut(Planner.replace(type.planner(), desired, new PlanFacts("c", Set.of(), dead, true, 1, Map.of())), -1);
        dead.clear();
    }

    /** The manager's node goes away, and with it the session store. */
    public void killManager() {
        managerDaemons.pid("redis").flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
        managerDaemons.stop("sessions");
        managerDaemons.close();
    }

    /** Another manager takes over, at the same address or at another one. */
    public void replaceManager(boolean sameAddress) throws Exception {
        managerAddress = sameAddress ? managerAddress : EngineNode.freeAddress();
        managerDaemons = daemons();
        manager().open(situation(desired));
    }

    public void loseManager() throws Exception {
        killManager();
        replaceManager(false);
        converge();
    }

    public List<String> converge() throws Exception {
        return manager().converge(situation(desired));
    }

    public ServiceManager manager() {
        return type.manager(new ManagerContext() {
            @Override
            public NodeContext node() {
                return new NodeContext("m" + managers, NodeKind.MANAGER, type.descriptor().id(), 1, 1, 1, managers, "https://127.0.0.1", managerAddress, 443, shared == null ? null : shared.toString(), 10, 2);
            }

            @Override
            public Path folder() {
                return base.resolve("manager" + managers);
            }

            @Override
            public Path sharedFolder() {
                return shared;
            }

            @Override
            public Supervisor supervisor() {
                return managerDaemons;
            }
        });
    }

    public Situation situation(DesiredState target) {
        ServiceView view = new ServiceView(1, "site", type.descriptor().id(), state, Instant.EPOCH, managerAddress, 443, "m", "c", 1, 1, address, null);
        List<NodeView> views = nodes.values().stream().map(n -> new NodeView(n.id(), 1, 1, NodeKind.AGENT, NodeState.READY, "c", "vm-" + n.id(), n.address(),
                5555, Instant.EPOCH, null, null)).toList();
        Assignment assignment = new Assignment(1, managers, view, desired, target, null, views, List.copyOf(dead), versions, shared == null ? null : shared.toString(), address, published,
                Map.of("secret", "of the test"));
        return new Situation(assignment, desired, target, new InProcess(), new Never());
    }

    private static final class Never implements Cancel {
        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void onCancel(Runnable action) {
        }
    }

    private final class InProcess implements Agents {
        @Override
        public void configure(NodeView node, String role, Map<String, Object> configuration) {
            Status status = status(node);
            if (configuration.equals(roles.get(node.id()).get(role)) && status.roles().get(role).ready()) {
                return;
            }
            roles.get(node.id()).put(role, configuration);
            try {
                nodes.get(node.id()).configure(role, configuration);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void release(NodeView node, String role) {
            roles.get(node.id()).remove(role);
            nodes.get(node.id()).release(role);
        }

        @Override
        public Map<String, Object> call(NodeView node, String method, Map<String, Object> arguments, Duration deadline) {
            try {
                return nodes.get(node.id()).agent().call(method, arguments);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void download(NodeView node, String method, Map<String, Object> arguments, OutputStream out, Duration pause) {
            try {
                Download file = nodes.get(node.id()).agent().download(method, arguments);
                file.content().writeTo(out);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Status status(NodeView node) {
            Map<String, RoleStatus> all = new TreeMap<>();
            roles.get(node.id()).forEach((role, configuration) -> all.put(role, new RoleStatus(
                    nodes.get(node.id()).supervisor().health(role).values().stream().allMatch(Supervisor.Health::ready), ConfigurationHash.of(configuration), null)));
            return new Status(all);
        }
    }

    @Override
    public void close() throws Exception {
        for (String id : List.copyOf(nodes.keySet())) {
            end(id);
        }
        managerDaemons.stop("sessions");
        managerDaemons.close();
    }
}
