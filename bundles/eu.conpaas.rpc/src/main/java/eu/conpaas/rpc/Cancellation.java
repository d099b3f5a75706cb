package eu.conpaas.rpc;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A way to end blocking calls from another thread: the connection they wait for is closed. Usable for several calls; thread-safe. */
public final class Cancellation {
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Set<Runnable> actions = new LinkedHashSet<>();

    /** Ends all calls that were given this, now and later, with {@link CancellationException}. */
    public void cancel() {
        Set<Runnable> now;
        synchronized (actions) {
            cancelled.countDown();
            now = new LinkedHashSet<>(actions);
            actions.clear();
        }
        now.forEach(Runnable::run);
    }

    public boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /** Runs once on cancel, at once if that has happened. */
    public void onCancel(Runnable action) {
        synchronized (actions) {
            if (!isCancelled()) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    public void remove(Runnable action) {
        synchronized (actions) {
            actions.remove(action);
        }
    }

    /**
     * Waits.
     *
     * @throws CancellationException as soon as it is cancelled, or the thread interrupted (which it stays)
     */
    public void await(Duration time) {
        try {
            if (cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CancellationException("cancelled");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        }
    }
}
