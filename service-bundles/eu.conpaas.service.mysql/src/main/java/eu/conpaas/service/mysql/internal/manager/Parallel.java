package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.service.manager.RoleManager;
import java.util.List;
import java.util.function.Consumer;

/** Asks many at the same time. */
abstract class Parallel extends RoleManager {
    /** The first failure is thrown after all have ended. */
    static <T> void each(List<T> items, Consumer<T> action) throws InterruptedException {
        if (!items.isEmpty()) {
            eachInParallel(items, action);
        }
    }
}
