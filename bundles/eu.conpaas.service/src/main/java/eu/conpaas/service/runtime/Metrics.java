package eu.conpaas.service.runtime;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Samples of a node: the latest and a short history. */
public final class Metrics {
    /** Samples kept: ten minutes at one every five seconds. */
    public static final int KEPT = 120;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /** @param time seconds since 1970 */
    public record Sample(long time, Map<String, Double> values) {
    }

    public synchronized void add(Map<String, Double> values) {
        samples.addLast(new Sample(Instant.now().getEpochSecond(), Map.copyOf(values)));
        if (samples.size() > KEPT) {
            samples.removeFirst();
        }
    }

    /** The latest values, empty before the first sample. */
    public synchronized Map<String, Double> latest() {
        return samples.isEmpty() ? Map.of() : samples.getLast().values();
    }

    /** Samples taken after the given second, oldest first. */
    public synchronized List<Sample> since(long time) {
        return samples.stream().filter(s -> s.time() > time).toList();
    }

    /** The latest values in the text form Prometheus reads; every name gets the prefix {@code conpaas_}. */
    public String prometheus(Map<String, String> labels) {
        StringBuilder label = new StringBuilder();
        new TreeMap<>(labels).forEach((k, v) -> label.append(label.isEmpty() ? "" : ",").append(k).append("=\"")
                .append(v.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")).append('"'));
        StringBuilder text = new StringBuilder();
        new TreeMap<>(latest()).forEach((name, value) -> {
            String metric = "conpaas_" + name.replaceAll("[^a-zA-Z0-9_]", "_");
            text.append("# TYPE ").append(metric).append(" gauge\n").append(metric).append('{').append(label).append("} ").append(value).append('\n');
        });
        return text.toString();
    }
}
