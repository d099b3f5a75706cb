package eu.conpaas.service.git.internal;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Makes a version that was pushed active and tells the pusher how that goes. The push is taken, however this ends. */
final class Activation {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Time in which the manager has heard of a change that is under way. */
    private static final Duration NEWS = Duration.ofSeconds(2);
    private static final long LOOK_MS = 100;
    private final GitServer server;
    private final Consumer<String> pusher;

    Activation(GitServer server, Consumer<String> pusher) {
        this.server = server;
        this.pusher = pusher;
    }

    void run(String version) {
        long begin = System.nanoTime();
        try {
            pusher.accept("Activating " + version + " ...");
            Operation operation = begun(version, begin);
            while (operation != null && !operation.state().isFinal()) {
                if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                    pusher.accept("This takes long; the operation " + operation.id() + " goes on.");
                    return;
                }
                Thread.sleep(LOOK_MS);
                operation = server.director().operation(operation.id());
            }
            if (operation != null && operation.state() != Operation.State.DONE) {
                pusher.accept(version + " was not made active: " + (operation.error() == null ? operation.state().toString() : operation.error().cause()));
                return;
            }
            pusher.accept(String.format(Locale.ROOT, "%s is active (%.1f s).", version, (System.nanoTime() - begin) / 1e9));
        } catch (ApiException e) {
            pusher.accept("The push is taken, but " + version + " was not made active: " + e.error().cause() + " " + e.error().next());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins as soon as no other change of the service is under way. */
    private Operation begun(String version, long begin) throws InterruptedException {
        boolean told = false;
        while (true) {
            try {
                return server.director().activate(server.epoch(), version);
            } catch (ApiException e) {
                boolean busy = e.error().code() == ErrorCode.WRONG_STATE && (server.isChanging() || System.nanoTime() - begin < NEWS.toNanos());
                if (!busy || System.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw e;
                }
                if (!told) {
                    pusher.accept("Another change of the service is under way; waiting for it ...");
                    told = true;
                }
                Thread.sleep(LOOK_MS);
            }
        }
    }
}
