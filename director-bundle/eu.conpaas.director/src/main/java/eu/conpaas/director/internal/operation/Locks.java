package eu.conpaas.director.internal.operation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One lock for each service: changes of a service are accepted one after the other. */
final class Locks {
    private final Map<Long, ReentrantLock> locks = new ConcurrentHashMap<>();

    <T> T with(long sid, Supplier<T> work) {
        ReentrantLock lock = locks.computeIfAbsent(sid, id -> new ReentrantLock());
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
