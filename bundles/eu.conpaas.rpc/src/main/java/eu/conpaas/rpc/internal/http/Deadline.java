package eu.conpaas.rpc.internal.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does something unless it is closed, or touched again and again, within a time. One daemon thread serves all of them, while there are any. */
final class Deadline implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor TIMER = timer();
    private final long nanos;
    private final Runnable action;
    private volatile long touched = System.nanoTime();
    private volatile boolean closed;
    private volatile boolean passed;
    private Future<?> pending;

    private Deadline(Duration time, Runnable action) {
        this.nanos = time.toNanos();
        this.action = action;
        schedule(nanos);
    }

    static Deadline start(Duration time, Runnable action) {
        return new Deadline(time, action);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, r -> {
            Thread thread = new Thread(r, "rpc-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(10, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    private synchronized void schedule(long in) {
        if (!closed) {
            pending = TIMER.schedule(this::look, in, TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        long left = nanos - (System.nanoTime() - touched);
        if (closed) {
            return;
        } else if (left > 0) {
            schedule(left);
        } else {
            passed = true;
            action.run();
        }
    }

    /** The time begins anew. */
    void touch() {
        touched = System.nanoTime();
    }

    boolean hasPassed() {
        return passed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (pending != null) {
            pending.cancel(false);
        }
    }
}
