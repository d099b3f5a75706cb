package eu.conpaas.service.plan;

import eu.conpaas.api.PlanStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which steps of a plan run at the same time: neighbours of the same actor and kind, each for another node. */
public final class StepGroups {
    private StepGroups() {
    }

    /** The steps in order, cut into groups that run one after the other; within a group they may run together. */
    public static List<List<PlanStep>> of(List<PlanStep> steps) {
        List<List<PlanStep>> groups = new ArrayList<>();
        List<PlanStep> group = new ArrayList<>();
        Set<String> nodes = new HashSet<>();
        for (PlanStep step : steps) {
            boolean joins = !group.isEmpty() && step.node() != null && group.getFirst().node() != null && !step.isSwitch()
                    && step.actor() == group.getFirst().actor() && step.kind().equals(group.getFirst().kind()) && !nodes.contains(step.node());
            if (!joins) {
                group = new ArrayList<>();
                groups.add(group);
                nodes.clear();
            }
            group.add(step);
            nodes.add(String.valueOf(step.node()));
        }
        return groups;
    }

    /** Expected duration in seconds when each group takes as long as its slowest step. */
    public static double seconds(List<PlanStep> steps) {
        return of(steps).stream().mapToDouble(g -> g.stream().mapToDouble(PlanStep::seconds).max().orElse(0)).sum();
    }
}
