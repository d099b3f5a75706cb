package eu.conpaas.service.plan;

import java.util.Map;
import java.util.Set;

/**
 * What the planner has to be told beside the state and the change; all of it is the director's knowledge.
 *
 * @param cloud     cloud on which nodes are to be made
 * @param unwanted  nodes the user wants taken away first, may be empty
 * @param dead      nodes of the service that do not answer: they are replaced and nothing is asked of them
 * @param shared    whether the cloud has shared folders
 * @param managers  manager nodes the service pays for (1, or 0 if it has none)
 * @param durations seconds that steps took in the past, by {@code kind:role} or {@code kind}; the more exact key wins
 */
public record PlanFacts(String cloud, Set<String> unwanted, Set<String> dead, boolean shared, int managers, Map<String, Double> durations) {
    public PlanFacts {
        unwanted = Set.copyOf(unwanted);
        dead = Set.copyOf(dead);
        durations = Map.copyOf(durations);
    }

    /** Facts of a service with its manager, nothing dead, nothing known from the past. */
    public static PlanFacts on(String cloud) {
        return new PlanFacts(cloud, Set.of(), Set.of(), false, 1, Map.of());
    }

    public PlanFacts withDead(Set<String> nodes) {
        return new PlanFacts(cloud, unwanted, nodes, shared, managers, durations);
    }
}
