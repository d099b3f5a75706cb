package eu.conpaas.director.internal.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;

/** Slows down guessing: after some failures a name has to wait, twice as long each time. */
final class LockOut {
    private static final int FREE_FAILURES = 5;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final int REMEMBERED = 10_000;

    private record Failures(int count, Instant until) {
    }

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    LockOut(Clock clock) {
        this.clock = clock;
    }

    /** @throws ApiException TOO_MANY_REQUESTS while the key has to wait */
    synchronized void check(String key) {
        Failures known = failures.get(key);
        if (known != null && known.until.isAfter(clock.instant())) {
            long seconds = Math.max(1, Duration.between(clock.instant(), known.until).toSeconds());
            throw new ApiException(ErrorCode.TOO_MANY_REQUESTS, "Too many failed sign-ins.", "Wait " + seconds + " s and try again.");
        }
    }

    synchronized void failed(String key) {
        int count = failures.containsKey(key) ? failures.get(key).count + 1 : 1;
        Duration wait = Duration.ZERO;
        if (count >= FREE_FAILURES) {
            wait = FIRST_WAIT.multipliedBy(1L << Math.min(20, count - FREE_FAILURES));
            wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        }
        failures.put(key, new Failures(count, clock.instant().plus(wait)));
    }

    synchronized void succeeded(String key) {
        failures.remove(key);
    }
}
