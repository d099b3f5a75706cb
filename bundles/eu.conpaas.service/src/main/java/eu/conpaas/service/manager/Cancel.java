package eu.conpaas.service.manager;

/** Tells blocking work that its result is no longer wanted. */
public interface Cancel {
    boolean isCancelled();

    /** Runs the action when cancelled, or at once if that has happened, so that a blocking call can be cut short. */
    void onCancel(Runnable action);

    /** @throws java.util.concurrent.CancellationException if cancelled */
    default void check() {
        if (isCancelled()) {
            throw new java.util.concurrent.CancellationException("no longer wanted");
        }
    }
}
