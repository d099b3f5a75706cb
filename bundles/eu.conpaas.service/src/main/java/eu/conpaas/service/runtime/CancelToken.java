package eu.conpaas.service.runtime;

import eu.conpaas.service.manager.Cancel;
import java.util.ArrayList;
import java.util.List;

/** A {@link Cancel} and the means to cancel it. */
public final class CancelToken implements Cancel {
    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    /** Cancels; a second time does nothing. */
    public void cancel() {
        List<Runnable> due;
        synchronized (this) {
            cancelled = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }
}
