package eu.conpaas.director.internal.event;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One counter for each service that grows whenever something about it has changed, to wait on. Counters begin at the director's start
 * time, so that one seen before a restart never equals a later one.
 */
public final class Bells implements AutoCloseable {
    private static final int BITS_PER_MILLISECOND = 8;

    private static final class Bell {
        final Lock lock = new ReentrantLock();
        final Condition rung = lock.newCondition();
        long count = System.currentTimeMillis() << BITS_PER_MILLISECOND;
    }

    private final Map<Long, Bell> bells = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private Bell bell(long sid) {
        return bells.computeIfAbsent(sid, id -> new Bell());
    }

    public void ring(long sid) {
        Bell bell = bell(sid);
        bell.lock.lock();
        try {
            bell.count++;
            bell.rung.signalAll();
        } finally {
            bell.lock.unlock();
        }
    }

    public long count(long sid) {
        Bell bell = bell(sid);
        bell.lock.lock();
        try {
            return bell.count;
        } finally {
            bell.lock.unlock();
        }
    }

    /** Waits until the counter is no longer the one seen, or the time is over; gives the counter. */
    public long await(long sid, long seen, long millis) throws InterruptedException {
        Bell bell = bell(sid);
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        bell.lock.lockInterruptibly();
        try {
            while (bell.count == seen && left > 0 && !closed) {
                left = bell.rung.awaitNanos(left);
            }
            return bell.count;
        } finally {
            bell.lock.unlock();
        }
    }

    /** Lets everybody who waits go on, now and from now on. */
    @Override
    public void close() {
        closed = true;
        bells.keySet().forEach(this::ring);
    }
}
