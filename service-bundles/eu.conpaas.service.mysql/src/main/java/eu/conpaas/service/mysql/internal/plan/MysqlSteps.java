package eu.conpaas.service.mysql.internal.plan;

import static eu.conpaas.service.mysql.internal.Names.MASTERS;
import static eu.conpaas.service.mysql.internal.Names.SLAVES;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.api.StepKind;
import eu.conpaas.service.mysql.internal.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The steps between two placements. The master is there before its replicas, and what a dead master leaves is taken over before anything new is made:
 *
 * <pre>
 * start, more slaves:   create ▸ configure ▸ clone ▸ check ▸ SWITCH
 * fewer slaves, stop:   SWITCH ▸ drain ▸ release ▸ remove
 * the master died:      remove it, so that it surely writes nothing more ▸ SWITCH: a slave takes over ▸ create ▸ clone ▸ check ▸ settle
 * </pre>
 *
 * In a cluster every server may write, so each that is dead is removed first.
 */
public final class MysqlSteps {
    /** Kind of the step that fills a replica with the master's data and starts its server. */
    public static final String CLONE = "clone";
    /** Kind of the step after which a replica made late is counted on. */
    public static final String SETTLE = "settle";
    private final DesiredState from;
    private final DesiredState to;
    private final Set<String> dead;
    private final Mode mode;
    private final List<PlanStep> steps = new ArrayList<>();

    MysqlSteps(DesiredState from, DesiredState to, Set<String> dead, Mode mode) {
        this.from = from;
        this.to = to;
        this.dead = dead;
        this.mode = mode;
    }

    List<PlanStep> all() {
        if (from.placement().equals(to.placement())) {
            return steps;
        }
        String before = from.nodesWith(MASTERS).stream().findFirst().orElse(null);
        String after = to.nodesWith(MASTERS).stream().findFirst().orElse(null);
        List<String> fenced = from.placement().stream().filter(p -> dead.contains(p.node()) && (p.has(MASTERS) || mode == Mode.GALERA)).map(Placement::node).toList();
        fenced.forEach(node -> director(StepKind.REMOVE_NODE, node, "Remove node " + node, 1));
        boolean takeover = before != null && after != null && !before.equals(after) && !after.startsWith(Placement.SLOT);
        if (takeover) {
            switchOver(after + " becomes master");
            if (made()) {
                steps.add(new PlanStep(SETTLE, Actor.MANAGER, SETTLE, "Count on the new replicas", null, null, false, 0.5));
            }
        } else {
            made();
            switchOver("Switch to the new arrangement");
        }
        gone(fenced);
        return steps;
    }

    private void switchOver(String title) {
        steps.add(new PlanStep(StepKind.SWITCH, Actor.MANAGER, StepKind.SWITCH, title, null, null, true, 0.5));
    }

    /** @return whether there is anything to make */
    private boolean made() {
        List<Placement> fresh = to.placement().stream().filter(p -> from.placement().stream().noneMatch(o -> o.node().equals(p.node()))).toList();
        fresh.forEach(p -> director(StepKind.CREATE_NODE, p.node(), "Create node " + p.node() + " (" + String.join(", ", p.roles()) + ")", 3));
        for (String role : List.of(MASTERS, SLAVES)) {
            fresh.stream().filter(p -> p.has(role)).forEach(p -> manager(role.equals(MASTERS) ? StepKind.CONFIGURE : CLONE, p.node(), role,
                    role.equals(MASTERS) ? "Start the server on %s" : "Clone the data to %s", 4));
        }
        fresh.forEach(p -> manager(StepKind.CHECK, p.node(), p.roles().iterator().next(), "Check the server on %s", 0.5));
        return !fresh.isEmpty();
    }

    private void gone(List<String> removed) {
        List<Placement> leaving = from.placement().stream().filter(p -> to.placement().stream().noneMatch(n -> n.node().equals(p.node())))
                .filter(p -> !removed.contains(p.node())).toList();
        List<Placement> alive = leaving.stream().filter(p -> !dead.contains(p.node())).toList();
        for (String kind : List.of(StepKind.DRAIN, StepKind.RELEASE)) {
            for (String role : List.of(SLAVES, MASTERS)) {
                alive.stream().filter(p -> p.has(role)).forEach(p -> manager(kind, p.node(), role,
                        kind.equals(StepKind.DRAIN) ? "Let %s finish" : "Stop the server on %s", 1));
            }
        }
        leaving.forEach(p -> director(StepKind.REMOVE_NODE, p.node(), "Remove node " + p.node(), 1));
    }

    private void director(String kind, String node, String title, double seconds) {
        steps.add(new PlanStep(kind + ":" + node, Actor.DIRECTOR, kind, title, node, null, false, seconds));
    }

    private void manager(String kind, String node, String role, String title, double seconds) {
        steps.add(new PlanStep(kind + ":" + node + ":" + role, Actor.MANAGER, kind, title.formatted(node), node, role, false, seconds));
    }
}
