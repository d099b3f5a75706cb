package eu.conpaas.service.web.manager;

import static eu.conpaas.service.web.Roles.BACKEND;
import static eu.conpaas.service.web.Roles.PROXY;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Situation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Figures of the whole service out of those of its nodes. */
final class Figures {
    private static final Duration ASK = Duration.ofSeconds(3);
    private final Situation situation;
    private final String busy;

    /** @param busy name of the figure that tells how many requests backends are answering */
    Figures(Situation situation, String busy) {
        this.busy = busy;
        this.situation = situation;
    }

    /** Rates are sums over proxies, times are weighted by requests, percentiles are those of the slowest backend. Nodes that are silent are left out. */
    Map<String, Double> all() {
        Map<String, Double> figures = new LinkedHashMap<>();
        if (situation.from().goal() != Goal.RUNNING) {
            return figures;
        }
        double weighted = 0;
        double requests = 0;
        for (NodeView node : situation.nodes(situation.from(), PROXY)) {
            Map<String, Object> stats = stats(node);
            for (String name : new String[] {"request_rate", "error_rate", "throughput", "queued", busy}) {
                figures.merge(name, number(stats, name), Double::sum);
            }
            double rate = Math.max(0.001, number(stats, "request_rate"));
            weighted += rate * number(stats, "response_time");
            requests += rate;
        }
        figures.put("response_time", requests == 0 ? 0 : weighted / requests);
        for (NodeView node : situation.nodes(situation.from(), BACKEND)) {
            Map<String, Object> stats = stats(node);
            for (String name : new String[] {"response_time_p50", "response_time_p99"}) {
                if (stats.containsKey(name)) {
                    figures.merge(name, number(stats, name), Math::max);
                }
            }
        }
        return figures;
    }

    private Map<String, Object> stats(NodeView node) {
        try {
            return situation.agents().call(node, "stats", Map.of(), ASK);
        } catch (ApiException e) {
            if (e.error().code() == ErrorCode.STALE_EPOCH) {
                throw e;
            }
            return Map.of();
        }
    }

    private static double number(Map<String, Object> stats, String name) {
        return stats.get(name) instanceof Number n ? n.doubleValue() : 0;
    }
}
