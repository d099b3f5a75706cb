package eu.conpaas.service.mysql.internal.manager;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers since when things are wrong. */
final class Patience {
    private final Map<String, Long> since = new ConcurrentHashMap<>();

    /** Whether something has been wrong for so long. @param now whether it is wrong now */
    boolean isOver(String what, boolean now, Duration patience) {
        if (!now) {
            forget(what);
            return false;
        }
        return System.nanoTime() - since.computeIfAbsent(what, k -> System.nanoTime()) >= patience.toNanos();
    }

    /** It is not wrong any more. */
    void forget(String what) {
        since.remove(what);
    }
}
