package eu.conpaas.tests.load;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What happened in one phase to one kind of request. Latency counts from when a request was due, not from when it was sent. */
public final class Figures {
    private static final int DETAILS = 20;

    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    private final Histogram latency = new Histogram();
    private final LongAdder renewed = new LongAdder();
    private final Queue<String> details = new ConcurrentLinkedQueue<>();

    Figures() {
        for (Outcome o : Outcome.values()) {
            outcomes.put(o, new LongAdder());
        }
    }

    void record(Outcome outcome, Duration took, String detail) {
        outcomes.get(outcome).increment();
        if (outcome != Outcome.OVERRUN) {
            latency.record(took);
        }
        if (outcome != Outcome.OK && details.size() < DETAILS) {
            details.add(outcome + " after " + took.toMillis() + " ms: " + detail);
        }
    }

    void renewed() {
        renewed.increment();
    }

    void addAll(Figures other) {
        other.outcomes.forEach((o, n) -> outcomes.get(o).add(n.sum()));
        latency.addAll(other.latency);
        renewed.add(other.renewed.sum());
        other.details.stream().limit(Math.max(0, DETAILS - details.size())).forEach(details::add);
    }

    public long count(Outcome outcome) {
        return outcomes.get(outcome).sum();
    }

    public long sent() {
        return outcomes.values().stream().mapToLong(LongAdder::sum).sum();
    }

    public long failed() {
        return sent() - count(Outcome.OK);
    }

    public Histogram latency() {
        return latency;
    }

    /** The first failures, for people. */
    public List<String> details() {
        return List.copyOf(details);
    }

    /** One line: counts and latencies. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%6d sent %4d failed  p50 %s  p99 %s  max %s", sent(), failed(),
                ms(latency.quantile(0.5)), ms(latency.quantile(0.99)), ms(latency.max())));
        outcomes.forEach((o, n) -> {
            if (o != Outcome.OK && n.sum() > 0) {
                text.append("  ").append(o).append(' ').append(n.sum());
            }
        });
        if (renewed.sum() > 0) {
            text.append("  (").append(renewed.sum()).append(" idle connections renewed)");
        }
        return text.toString();
    }

    private static String ms(Duration d) {
        return String.format(Locale.ROOT, "%8.1f ms", d.toNanos() / 1e6);
    }
}
