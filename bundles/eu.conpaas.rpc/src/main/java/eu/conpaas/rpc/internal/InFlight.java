package eu.conpaas.rpc.internal;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The threads that carry out calls, so that a server can end in order. */
final class InFlight {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Thread> working = new HashSet<>();
    private final Set<Thread> streaming = new HashSet<>();
    private boolean closing;

    /** @return false if the server closes */
    boolean enter() {
        lock.lock();
        try {
            return !closing && working.add(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    /** From here on this call only sends events and may be interrupted at any time. */
    void stream() {
        lock.lock();
        try {
            Thread me = Thread.currentThread();
            working.remove(me);
            streaming.add(me);
            if (closing) {
                me.interrupt();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            working.remove(Thread.currentThread());
            streaming.remove(Thread.currentThread());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts streams at once, and the rest after the grace. */
    void close(Duration grace) {
        lock.lock();
        try {
            closing = true;
            streaming.forEach(Thread::interrupt);
            if (!await(grace)) {
                working.forEach(Thread::interrupt);
                await(Duration.ofSeconds(1));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean await(Duration time) {
        long left = time.toNanos();
        try {
            while (!(working.isEmpty() && streaming.isEmpty())) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
