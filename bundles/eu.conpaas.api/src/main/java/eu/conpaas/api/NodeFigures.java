package eu.conpaas.api;

import java.util.List;
import java.util.Map;

/**
 * What a node measures ({@code GET /services/<sid>/figures}): cpu (per cent of a core), memory (bytes), and what its roles add.
 *
 * @param node    node id
 * @param kind    manager or agent
 * @param latest  latest values by name
 * @param history samples of the last ten minutes or so, oldest first
 */
public record NodeFigures(String node, NodeKind kind, Map<String, Double> latest, List<Sample> history) {
    public NodeFigures {
        latest = Map.copyOf(latest);
        history = List.copyOf(history);
    }

    /** @param time seconds since 1970 */
    public record Sample(long time, Map<String, Double> values) {
        public Sample {
            values = Map.copyOf(values);
        }
    }
}
