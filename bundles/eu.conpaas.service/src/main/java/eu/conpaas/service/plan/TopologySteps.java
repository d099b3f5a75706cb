package eu.conpaas.service.plan;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.StepKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The steps between two placements, for any service: add, switch, drain, remove. */
public final class TopologySteps {
    private final List<PlanStep> steps = new ArrayList<>();
    private final ServiceDescriptor descriptor;
    private final Map<String, Set<String>> before;
    private final Map<String, Set<String>> after;
    private final Set<String> dead;

    private TopologySteps(ServiceDescriptor descriptor, DesiredState from, DesiredState to, Set<String> dead) {
        this.descriptor = descriptor;
        this.before = roles(from.placement());
        this.after = roles(to.placement());
        this.dead = dead;
    }

    /** See {@link ServicePlanner#steps}. Empty if the placements are the same. */
    public static List<PlanStep> between(ServiceDescriptor descriptor, DesiredState from, DesiredState to, Set<String> dead) {
        if (from.placement().equals(to.placement())) {
            return List.of();
        }
        return new TopologySteps(descriptor, from, to, dead).build();
    }

    private List<PlanStep> build() {
        after.keySet().stream().filter(n -> n.startsWith(Placement.SLOT))
                .forEach(n -> add(Actor.DIRECTOR, StepKind.CREATE_NODE, n, null, "Create node " + n + " (" + String.join(", ", after.get(n)) + ")", 3));
        gained(StepKind.CONFIGURE, "Start %s on %s", 2);
        gained(StepKind.CHECK, "Check %s on %s", 0.5);
        steps.add(new PlanStep("switch", Actor.MANAGER, StepKind.SWITCH, "Switch to the new arrangement", null, null, true, 0.5));
        lost(StepKind.DRAIN, "Drain %s on %s", 1);
        lost(StepKind.RELEASE, "Stop %s on %s", 0.5);
        before.keySet().stream().filter(n -> !after.containsKey(n))
                .forEach(n -> add(Actor.DIRECTOR, StepKind.REMOVE_NODE, n, null, "Remove node " + n, 1));
        return steps;
    }

    private void gained(String kind, String title, double seconds) {
        eachRole((role, node) -> {
            if (after.getOrDefault(node, Set.of()).contains(role) && !before.getOrDefault(node, Set.of()).contains(role)) {
                add(Actor.MANAGER, kind, node, role, title.formatted(role, node), seconds);
            }
        });
    }

    private void lost(String kind, String title, double seconds) {
        eachRole((role, node) -> {
            if (before.getOrDefault(node, Set.of()).contains(role) && !after.getOrDefault(node, Set.of()).contains(role) && !dead.contains(node)) {
                add(Actor.MANAGER, kind, node, role, title.formatted(role, node), seconds);
            }
        });
    }

    /** Roles from the back of the descriptor's list to the front: what users meet first is configured last. */
    private void eachRole(java.util.function.BiConsumer<String, String> action) {
        Set<String> nodes = new java.util.LinkedHashSet<>(before.keySet());
        nodes.addAll(after.keySet());
        descriptor.roles().reversed().forEach(role -> nodes.forEach(node -> action.accept(role.id(), node)));
    }

    private void add(Actor actor, String kind, String node, String role, String title, double seconds) {
        steps.add(new PlanStep(kind + ":" + node + (role == null ? "" : ":" + role), actor, kind, title, node, role, false, seconds));
    }

    private static Map<String, Set<String>> roles(List<Placement> placement) {
        Map<String, Set<String>> roles = new LinkedHashMap<>();
        placement.forEach(p -> roles.computeIfAbsent(p.node(), n -> new TreeSet<>()).addAll(p.roles()));
        return roles;
    }
}
