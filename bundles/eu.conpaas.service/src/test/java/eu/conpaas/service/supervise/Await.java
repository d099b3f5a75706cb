package eu.conpaas.service.supervise;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions. */
public final class Await {
    private Await() {
    }

    public static void until(String what, BooleanSupplier condition) {
        until(what, () -> condition.getAsBoolean() ? true : null);
    }

    /** Waits, at most 20 s, for something that is not null. */
    public static <T> T until(String what, Supplier<T> value) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < deadline) {
            T found = value.get();
            if (found != null) {
                return found;
            }
            LockSupport.parkNanos(5_000_000);
        }
        throw new AssertionError("waited in vain for: " + what);
    }
}
