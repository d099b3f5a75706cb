package eu.conpaas.tests.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;

/** Durations from 1 microsecond to an hour, to within 3 percent, safe for many threads. */
public final class Histogram {
    private static final int PER_OCTAVE = 32;
    private static final int BUCKETS = PER_OCTAVE * 33;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final LongAccumulator max = new LongAccumulator(Math::max, 0);

    public void record(Duration duration) {
        long micros = Math.max(1, duration.toNanos() / 1000);
        max.accumulate(micros);
        int bucket = (int) (Math.log(micros) / Math.log(2) * PER_OCTAVE);
        counts.incrementAndGet(Math.min(bucket, BUCKETS - 1));
    }

    public long count() {
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    public Duration max() {
        return Duration.ofNanos(max.get() * 1000);
    }

    /** The duration that the given share (0..1) of all stays under; zero if there are none. */
    public Duration quantile(double share) {
        long wanted = (long) Math.ceil(count() * share);
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += counts.get(i);
            if (sum >= wanted && sum > 0) {
                long upper = (long) (Math.pow(2, (i + 1.0) / PER_OCTAVE) * 1000);
                return Duration.ofNanos(Math.min(upper, max.get() * 1000));
            }
        }
        return Duration.ZERO;
    }

    void addAll(Histogram other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts.addAndGet(i, other.counts.get(i));
        }
        max.accumulate(other.max.get());
    }
}
