package eu.conpaas.tests.system;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions. */
public final class Wait {
    private Wait() {
    }

    /** @throws AssertionError if it is not so after that many seconds; what the last look threw is its cause */
    public static void until(String what, double seconds, Callable<Boolean> condition) {
        value(what, seconds, () -> condition.call() ? Boolean.TRUE : null);
    }

    /** The first value that is not null. An exception counts as null and is told only when time is up. */
    public static <T> T value(String what, double seconds, Callable<T> look) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        Exception last = null;
        do {
            try {
                T value = look.call();
                if (value != null) {
                    return value;
                }
                last = null;
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        } while (System.nanoTime() < end);
        throw new AssertionError("not within " + seconds + " s: " + what + (last == null ? "" : " (" + last + ")"), last);
    }
}
