package eu.conpaas.service.php.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.StepKind;
import eu.conpaas.service.php.PhpServiceType;
import eu.conpaas.service.php.internal.PhpPlanner;
import eu.conpaas.service.plan.Change;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.DescriptorReader;
import eu.conpaas.service.plan.PlanFacts;
import eu.conpaas.service.plan.Planned;
import eu.conpaas.service.plan.Planner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhpPlacementTest {
    private static final PhpPlanner PLANNER = new PhpPlanner(DescriptorReader.of(PhpServiceType.class));
    private int next;

    private static DesiredState counts(int p, int w, int b) {
        return PLANNER.initial().withGoal(Goal.RUNNING).withCounts(Map.of("proxy", p, "web", w, "backend", b));
    }

    /** Places, and gives slots the ids of nodes, as the director does. */
    private DesiredState settled(DesiredState wanted, Set<String> unwanted) {
        return wanted.withPlacement(PLANNER.place(wanted, unwanted, "default").stream()
                .map(p -> p.isSlot() ? new Placement("n" + ++next, p.roles(), p.cloud()) : p).toList());
    }

    private static List<int[]> topologies() {
        List<int[]> all = new ArrayList<>();
        for (int p = 1; p <= 3; p++) {
            for (int w = 0; w <= 3; w++) {
                for (int b = 0; b <= 4; b++) {
                    if (p == 1 || w > 0 && b > 0) {
                        all.add(new int[] {p, w, b});
                    }
                }
            }
        }
        return all;
    }

    private static void shape(DesiredState state, int[] c) {
        assertEquals(c[0] + c[1] + c[2], state.placement().size());
        assertEquals(c[0], state.nodesWith("proxy").size());
        assertEquals(Math.max(1, c[1]), state.nodesWith("web").size());
        assertEquals(Math.max(1, c[2]), state.nodesWith("backend").size());
        String first = state.nodesWith("proxy").getFirst();
        assertEquals(first, state.placement().getFirst().node());
        assertEquals(c[1] == 0, state.nodesWith("web").contains(first));
        assertEquals(c[2] == 0, state.nodesWith("backend").contains(first));
        assertEquals(state.placement().size(), new HashSet<>(state.placement().stream().map(Placement::node).toList()).size());
    }

    @Test
    void everyChangeOfCountersKeepsWhatItCan() {
        for (int[] before : topologies()) {
            for (int[] after : topologies()) {
                next = 0;
                DesiredState from = settled(counts(before[0], before[1], before[2]), Set.of());
                shape(from, before);
                DesiredState wanted = from.withCounts(Map.of("proxy", after[0], "web", after[1], "backend", after[2]));
                DesiredState to = settled(wanted, Set.of());
                shape(to, after);
                assertEquals(from.placement().getFirst().node(), to.placement().getFirst().node(), "the first proxy stays");
                for (int r = 0; r < 3; r++) {
                    String role = List.of("proxy", "web", "backend").get(r);
                    List<String> had = dedicated(from, role);
                    List<String> has = dedicated(to, role);
                    int kept = Math.min(had.size(), has.size());
                    assertEquals(had.subList(0, kept), has.subList(0, kept), "the oldest stay");
                }
                steps(from, wanted.withPlacement(PLANNER.place(wanted, Set.of(), "default")));
            }
        }
    }

    private static List<String> dedicated(DesiredState state, String role) {
        return state.placement().stream().filter(p -> p.has(role) && (role.equals("proxy") || !p.has("proxy"))).map(Placement::node).toList();
    }

    private static void steps(DesiredState from, DesiredState to) {
        List<PlanStep> steps = PLANNER.steps(from, to, Set.of());
        assertEquals(steps, PLANNER.steps(from, to, Set.of()));
        if (from.placement().equals(to.placement())) {
            assertTrue(steps.isEmpty());
            return;
        }
        assertEquals(1, steps.stream().filter(PlanStep::isSwitch).count());
        assertEquals(steps.size(), new HashSet<>(steps.stream().map(PlanStep::id).toList()).size());
        int at = steps.indexOf(steps.stream().filter(PlanStep::isSwitch).findFirst().orElseThrow());
        for (PlanStep step : steps) {
            boolean first = Set.of(StepKind.CREATE_NODE, StepKind.CONFIGURE, StepKind.CHECK).contains(step.kind());
            boolean last = Set.of(StepKind.DRAIN, StepKind.RELEASE, StepKind.REMOVE_NODE).contains(step.kind());
            assertTrue(step.isSwitch() || first == steps.indexOf(step) < at, step.id());
            assertTrue(step.isSwitch() || first != last, step.id());
        }
    }

    @Test
    void plusOneMovesThePackedRole() {
        DesiredState packed = settled(counts(1, 0, 0), Set.of());
        assertEquals(Set.of("proxy", "web", "backend"), packed.placement().getFirst().roles());
        DesiredState to = packed.withCounts(Map.of("proxy", 1, "web", 0, "backend", 1));
        to = to.withPlacement(PLANNER.place(to, Set.of(), "default"));
        assertEquals(List.of("create-node:new-1", "configure:new-1:backend", "check:new-1:backend", "switch", "drain:n1:backend",
                "release:n1:backend"), PLANNER.steps(packed, to, Set.of()).stream().map(PlanStep::id).toList());
    }

    @Test
    void deadNodesAreReplacedAndTheNextProxyBecomesTheFirst() {
        DesiredState from = settled(counts(2, 1, 2), Set.of());
        DesiredState to = settled(from, Set.of("n1", "n4"));
        shape(to, new int[] {2, 1, 2});
        assertEquals("n2", to.placement().getFirst().node());
        assertFalse(to.placement().stream().anyMatch(p -> Set.of("n1", "n4").contains(p.node())));
        assertTrue(PLANNER.steps(from, to, Set.of("n1", "n4")).stream().noneMatch(s -> Set.of(StepKind.DRAIN, StepKind.RELEASE).contains(s.kind())));
    }

    @Test
    void theChosenNodeGoes() {
        DesiredState from = settled(counts(1, 0, 3), Set.of());
        DesiredState to = settled(from.withCounts(Map.of("proxy", 1, "web", 0, "backend", 2)), Set.of("n2"));
        assertEquals(List.of("n1", "n3", "n4"), to.placement().stream().map(Placement::node).toList());
    }

    private static Planned remove(DesiredState from, String role, String chosen, Set<String> dead) {
        Change change = PLANNER.change(new ChangeRequest("remove_nodes", Map.of(role, 1), ServiceState.RUNNING, List.of()), from);
        return Planner.plan(PLANNER, from, change, new PlanFacts("default", Set.of(chosen), dead, true, 1, Map.of()));
    }

    @Test
    void theFirstProxyGoesOnlyWhenItIsDead() {
        DesiredState from = settled(counts(2, 1, 2), Set.of());
        ApiException refused = assertThrows(ApiException.class, () -> remove(from, "proxy", "n1", Set.of()));
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused.error().code());
        assertTrue(refused.error().cause().contains("n1 is the first proxy"), refused.error().cause());
        assertThrows(ApiException.class, () -> remove(from, "backend", "n1", Set.of()));
        assertEquals("n2", remove(from, "proxy", "n1", Set.of("n1")).target().placement().getFirst().node());
        assertEquals(List.of("n1"), remove(from, "proxy", "n2", Set.of()).target().nodesWith("proxy"));
    }

    @Test
    void aChosenNodeMustBeOneOfThoseThatGetFewer() {
        DesiredState from = settled(counts(1, 2, 2), Set.of());
        assertThrows(ApiException.class, () -> remove(from, "backend", "n2", Set.of()));
        assertEquals(List.of("n3"), remove(from, "web", "n2", Set.of()).target().nodesWith("web"));
    }

    @Test
    void nothingIsPlacedUnlessItShallRun() {
        assertTrue(PLANNER.place(counts(1, 0, 2).withGoal(Goal.STOPPED), Set.of(), "default").isEmpty());
    }
}
