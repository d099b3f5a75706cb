package eu.conpaas.service.plan;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.Placement;
import eu.conpaas.api.Plan;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.api.StepKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns a change into a plan. Pure: the same input gives the same plan, step ids included. One node costs one credit an hour.
 *
 * <pre>
 * Change change = type.planner().change(request, now);
 * Planned planned = Planner.plan(type.planner(), now, change, PlanFacts.on("default"));
 * </pre>
 */
public final class Planner {
    /** Node name of the manager in the plan of {@link #create}. */
    public static final String MANAGER_SLOT = Placement.SLOT + "manager";

    private Planner() {
    }

    /**
     * A change of an existing service. Dead nodes are replaced on the way.
     *
     * @throws eu.conpaas.api.ApiException if the type refuses it
     */
    public static Planned plan(ServicePlanner planner, DesiredState from, Change change, PlanFacts facts) {
        DesiredState wanted = change.wanted();
        Set<String> unwanted = new HashSet<>(facts.unwanted());
        unwanted.removeAll(facts.dead());
        if (!unwanted.isEmpty()) {
            planner.checkChosen(from, wanted, unwanted);
        }
        unwanted.addAll(facts.dead());
        List<Placement> placement = wanted.goal() == Goal.RUNNING ? planner.place(wanted, unwanted, facts.cloud()) : List.of();
        DesiredState target = wanted.withPlacement(placement).withVersion(from.version() + 1);
        return planned(planner, change.kind(), from, target, planner.steps(from, target, facts.dead()), facts);
    }

    /** The plan that replaces the dead nodes of a running service ({@code facts.dead()}); their paid hours go over to the new ones. */
    public static Planned replace(ServicePlanner planner, DesiredState now, PlanFacts facts) {
        return plan(planner, now, new Change("replace", now), facts);
    }

    /** A new service: its manager is made, nothing is started. */
    public static Planned create(ServicePlanner planner, PlanFacts facts) {
        DesiredState initial = planner.initial();
        PlanStep step = new PlanStep(StepKind.CREATE_NODE + ":" + MANAGER_SLOT, Actor.DIRECTOR, StepKind.CREATE_NODE, "Create the manager",
                MANAGER_SLOT, null, false, 3);
        return new Planned(initial, cost("create", "Create a " + planner.descriptor().title() + " service", List.of(step), 0, 1, 1, facts,
                List.of(), false));
    }

    /**
     * The end of a service, from every state: all its nodes are taken away at once. The first step counts as the switch, so that it only goes
     * forward.
     *
     * @param nodes ids of all its nodes that the cloud may still hold, the manager's last
     */
    public static Planned terminate(ServicePlanner planner, DesiredState from, Collection<String> nodes, PlanFacts facts) {
        DesiredState target = from.withGoal(Goal.TERMINATED).withPlacement(List.of()).withVersion(from.version() + 1);
        List<PlanStep> steps = new ArrayList<>();
        for (String node : nodes) {
            steps.add(new PlanStep(StepKind.REMOVE_NODE + ":" + node, Actor.DIRECTOR, StepKind.REMOVE_NODE, "Remove node " + node, node, null,
                    steps.isEmpty(), 1));
        }
        return new Planned(target, cost("terminate", "Terminate: remove " + count(steps.size(), "node") + " for good", steps,
                size(from) + facts.managers(), 0, 0, facts, List.of("Everything the service holds is lost."), false));
    }

    private static Planned planned(ServicePlanner planner, String kind, DesiredState from, DesiredState target, List<PlanStep> steps, PlanFacts facts) {
        long created = steps.stream().filter(s -> s.kind().equals(StepKind.CREATE_NODE)).count();
        long removed = steps.stream().filter(s -> s.kind().equals(StepKind.REMOVE_NODE)).count();
        long inherited = steps.stream().filter(s -> s.kind().equals(StepKind.REMOVE_NODE) && facts.dead().contains(s.node())).count();
        return new Planned(target, cost(kind, summary(kind, from, target, created, removed), steps, size(from) + facts.managers(),
                size(target) + facts.managers(), (int) Math.max(0, created - inherited), facts, planner.warnings(from, target, facts.shared()),
                planner.needsConfirmation(from, target, facts.shared())));
    }

    private static Plan cost(String kind, String summary, List<PlanStep> steps, int now, int then, int needed, PlanFacts facts,
            List<String> warnings, boolean confirm) {
        List<PlanStep> timed = steps.stream().map(s -> s.withSeconds(seconds(s, facts.durations()))).toList();
        return new Plan(kind, summary, timed, then, now, needed, StepGroups.seconds(timed), warnings, confirm);
    }

    private static double seconds(PlanStep step, Map<String, Double> durations) {
        return durations.getOrDefault(step.kind() + ":" + step.role(), durations.getOrDefault(step.kind(), step.seconds()));
    }

    private static int size(DesiredState state) {
        return state.placement().size();
    }

    private static String summary(String kind, DesiredState from, DesiredState target, long created, long removed) {
        List<String> parts = new ArrayList<>();
        for (String role : new TreeSet<>(target.counts().keySet())) {
            int before = from.counts().getOrDefault(role, 0);
            int after = target.counts().get(role);
            if (before != after) {
                parts.add(role + " " + before + " → " + after);
            }
        }
        if (created > 0) {
            parts.add("create " + count(created, "node"));
        }
        if (removed > 0) {
            parts.add("remove " + count(removed, "node"));
        }
        String title = Character.toUpperCase(kind.charAt(0)) + kind.substring(1).replace('_', ' ');
        return parts.isEmpty() ? title : title + ": " + String.join(", ", parts);
    }

    private static String count(long n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
