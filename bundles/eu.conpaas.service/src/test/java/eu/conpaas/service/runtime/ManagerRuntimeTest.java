package eu.conpaas.service.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.RoleSpec;
import eu.conpaas.api.StepKind;
import eu.conpaas.service.manager.Agents;
import eu.conpaas.service.manager.Cancel;
import eu.conpaas.service.manager.ConfigurationHash;
import eu.conpaas.service.manager.Initiative;
import eu.conpaas.service.manager.RoleManager;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.plan.TopologySteps;
import eu.conpaas.service.supervise.Await;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagerRuntimeTest {
    private static final ServiceDescriptor DESCRIPTOR = new ServiceDescriptor("demo", "Demo", "Tests", "For tests.", "none",
            List.of(new RoleSpec("back", "Back", 1, 1, 9, null)), null, null, null, null, null, null, null, null, false, false, false, null);
    private final DesiredState from = DesiredState.initial(Map.of("back", 1), null).withGoal(Goal.RUNNING).withPlacement(List.of(at("a")));
    private final DesiredState to = from.withPlacement(List.of(at("a"), at("b"), at("c")));
    private final FakeDirector director = new FakeDirector(from, to, plan());
    private final FakeAgents agents = new FakeAgents();
    private final List<ManagerRuntime> started = new ArrayList<>();
    private final AtomicInteger replaced = new AtomicInteger();

    /** As the director stores it: slots replaced by node ids. */
    private List<PlanStep> plan() {
        List<PlanStep> steps = new ArrayList<>();
        List.of("b", "c").forEach(n -> steps.add(new PlanStep("create-node:" + n, PlanStep.Actor.DIRECTOR, StepKind.CREATE_NODE, "", n, null, false, 1)));
        steps.addAll(TopologySteps.between(DESCRIPTOR, from, to, Set.of()));
        return steps;
    }

    private static Placement at(String node) {
        return new Placement(node, Set.of("back"), "default");
    }

    /** Agents that do as they are told, unless told to hang or fail. */
    private static final class FakeAgents implements AgentCalls {
        final Map<String, Object> configured = new ConcurrentHashMap<>();
        final List<String> calls = Collections.synchronizedList(new ArrayList<>());
        final CountDownLatch hanging = new CountDownLatch(1);
        volatile String hang = "";
        volatile String fail = "";

        @Override
        public void download(NodeView node, String method, Map<String, Object> params, OutputStream out, Duration pause, Cancel cancel) {
            throw new ApiException(ErrorCode.NOT_FOUND, "no files here", "");
        }

        @Override
        public Map<String, Object> call(NodeView node, String verb, String method, Map<String, Object> params, Duration deadline, Cancel cancel) {
            calls.add(method + " " + node.id());
            if ((method + " " + node.id()).equals(fail)) {
                throw new ApiException(ErrorCode.STEP_FAILED, "engine says no", "");
            }
            if ((method + " " + node.id()).equals(hang)) {
                CountDownLatch cut = new CountDownLatch(1);
                cancel.onCancel(cut::countDown);
                hanging.countDown();
                try {
                    cut.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new CancellationException("cut");
            }
            switch (method) {
                case "configure" -> configured.put(node.id(), params.get("configuration"));
                case "release" -> configured.remove(node.id());
                default -> {
                    return Map.of("roles", status(node.id()));
                }
            }
            return Map.of();
        }

        @SuppressWarnings("unchecked")
        private Map<String, Object> status(String node) {
            Object configuration = configured.get(node);
            return configuration == null ? Map.of()
                    : Map.of("back", new Agents.RoleStatus(true, ConfigurationHash.of((Map<String, Object>) configuration), null));
        }
    }

    private static final class Demo extends RoleManager {
        @Override
        protected Map<String, Object> configuration(NodeView node, String role, Situation situation) {
            return Map.of("peers", situation.to().nodesWith(role).size());
        }
    }

    private ManagerRuntime start() {
        ManagerRuntime runtime = new ManagerRuntime(new Demo(), director, agents, replaced::incrementAndGet, assignment -> { });
        runtime.start();
        started.add(runtime);
        return runtime;
    }

    @AfterEach
    void stop() {
        started.forEach(ManagerRuntime::close);
    }

    private void directorMakesNodes() {
        director.done("create-node:b");
        director.done("create-node:c");
    }

    private List<PlanStep> managerSteps() {
        return plan().stream().filter(s -> s.actor() == PlanStep.Actor.MANAGER).toList();
    }

    @Test
    void carriesOutItsStepsInOrder() {
        directorMakesNodes();
        start();
        Await.until("switch", () -> director.said("switch DONE"));
        assertEquals(Map.of("peers", 3), agents.configured.get("b"));
        List<String> done = director.reports.stream().filter(r -> r.endsWith("DONE")).toList();
        assertEquals(managerSteps().size(), done.size());
        assertEquals("switch DONE", done.getLast());
        director.finish();
        Await.until("all converged", () -> director.lastObserved() != null && director.lastObserved().healthy());
        Await.until("old node knows of the others", () -> Map.of("peers", 3).equals(agents.configured.get("a")));
    }

    @Test
    void waitsForTheDirectorsSteps() {
        start();
        Await.until("the assignment", () -> started.getFirst().assignment() != null);
        director.done("create-node:b");
        assertFalse(director.said("configure:b:back RUNNING"));
        director.done("create-node:c");
        Await.until("switch", () -> director.said("switch DONE"));
    }

    @Test
    void aNewManagerGoesOnWhereTheOldOneWasKilled() {
        directorMakesNodes();
        for (PlanStep step : managerSteps()) {
            FakeDirector fresh = new FakeDirector(from, to, plan());
            fresh.done("create-node:b");
            fresh.done("create-node:c");
            for (PlanStep before : managerSteps()) {
                if (before.id().equals(step.id())) {
                    fresh.report(new eu.conpaas.api.StepReport(6, "op", step.id(), eu.conpaas.api.Operation.StepState.RUNNING, null, null));
                    break;
                }
                agents.configured.put("b", Map.of("peers", 3));
                agents.configured.put("c", Map.of("peers", 3));
                fresh.done(before.id());
            }
            ManagerRuntime runtime = new ManagerRuntime(new Demo(), fresh, agents, replaced::incrementAndGet, assignment -> { });
            runtime.start();
            Await.until("arrives after a death in " + step.id(), () -> fresh.said("switch DONE"));
            runtime.close();
        }
    }

    @Test
    void aFailureBeforeTheSwitchIsTakenBack() {
        agents.fail = "configure c";
        directorMakesNodes();
        start();
        Await.until("failed", () -> director.said("configure:c:back FAILED"));
        Await.until("b taken back", () -> director.said("configure:b:back UNDONE"));
        Await.until("c taken back", () -> director.said("configure:c:back UNDONE"));
        assertFalse(agents.configured.containsKey("b"));
        assertFalse(director.said("switch RUNNING"));
    }

    @Test
    void cancelCutsAHangingCallShort() throws InterruptedException {
        agents.hang = "configure b";
        directorMakesNodes();
        start();
        agents.hanging.await();
        agents.hang = "";
        director.turnBack();
        Await.until("taken back", () -> director.said("configure:b:back UNDONE"));
    }

    @Test
    void anAbsentDirectorIsWaitedFor() {
        director.deafFor(3);
        directorMakesNodes();
        start();
        Await.until("switch", () -> director.said("switch DONE"));
    }

    @Test
    void stopsWhenAnotherManagerHasTakenOver() {
        ManagerRuntime runtime = start();
        Await.until("the assignment", () -> runtime.assignment() != null);
        director.refuse();
        Await.until("told", () -> replaced.get() == 1);
        assertTrue(agents.calls.stream().noneMatch(c -> c.startsWith("configure")));
    }

    @Test
    void enginesThatDoNotComeUpAreReported() {
        agents.fail = "configure a";
        director.finish();
        start();
        Await.until("reported for replacement", () -> director.lastObserved() != null && !director.lastObserved().healthy());
    }

    /** Counts its rounds and can act of its own accord. */
    private static final class Active extends RoleManager {
        final AtomicInteger rounds = new AtomicInteger();
        volatile Initiative initiative;

        @Override
        public void begin(Initiative own) {
            initiative = own;
        }

        @Override
        protected Map<String, Object> configuration(NodeView node, String role, Situation situation) {
            return Map.of();
        }

        @Override
        public List<String> converge(Situation situation) {
            rounds.incrementAndGet();
            return List.of();
        }
    }

    @Test
    void aManagerAsksForChangesInItsOwnersNameAndLooksAgainWhenWoken() {
        director.finish();
        Active manager = new Active();
        ManagerRuntime runtime = new ManagerRuntime(manager, director, agents, replaced::incrementAndGet, assignment -> { });
        started.add(runtime);
        assertThrows(ApiException.class, () -> manager.initiative.change("promote", Map.of()), "before the director is heard");
        runtime.start();
        Await.until("the first round", () -> manager.rounds.get() > 0);
        manager.initiative.change("promote", Map.of("slave", "b"));
        assertEquals(List.of("promote {slave=b} for 1"), director.asked);
        long begin = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            int before = manager.rounds.get();
            manager.initiative.wake();
            Await.until("another round", () -> manager.rounds.get() > before);
        }
        assertTrue(System.nanoTime() - begin < 40_000_000_000L, "ten rounds by the interval alone take 50 s");
    }
}
