package eu.conpaas.api;

import java.util.List;
import java.util.Map;

/**
 * What a manager sees of its service ({@code POST /managers/observed}).
 *
 * @param epoch     the manager's epoch
 * @param version   version of the desired state that is in force
 * @param healthy   whether all of it works
 * @param unhealthy node ids whose agent answers but whose engines cannot be brought up, for replacement
 * @param detail    what does not work, or null
 * @param published values for {@code ${reported:NAME}} in what the type publishes, by NAME; null: as last reported
 * @param metrics   of the service as a whole (request_rate, error_rate, throughput, response_time, …)
 */
public record Observed(long epoch, long version, boolean healthy, List<String> unhealthy, String detail, Map<String, String> published,
        Map<String, Double> metrics) {
    public Observed {
        unhealthy = unhealthy == null ? List.of() : List.copyOf(unhealthy);
        published = published == null ? null : Map.copyOf(published);
        metrics = metrics == null ? Map.of() : Map.copyOf(metrics);
    }

    public Observed withPublished(Map<String, String> newPublished) {
        return new Observed(epoch, version, healthy, unhealthy, detail, newPublished, metrics);
    }
}
