package eu.conpaas.client;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.rpc.Cancellation;
import eu.conpaas.rpc.HttpCall;
import eu.conpaas.rpc.HttpRpc;
import eu.conpaas.rpc.Json;

/** The operations of a director. */
public final class Operations {
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private final HttpRpc http;

    Operations(HttpRpc http) {
        this.http = http;
    }

    /**
     * Newest first.
     *
     * @param sid  service, or 0 for all
     * @param open whether only unfinished ones
     */
    public List<Operation> list(long sid, boolean open) {
        return http.call(HttpCall.get("/operations").query("sid", sid == 0 ? null : sid).query("open", open ? true : null),
                Json.listOf(Operation.class));
    }

    public Operation get(String id) {
        return http.call(HttpCall.get(path(id)), Operation.class);
    }

    /** Asks for it to be undone. @throws ApiException TOO_LATE if it has switched, saying what undoes it now */
    public Operation cancel(String id) {
        return http.call(HttpCall.post(path(id) + "/cancel"), Operation.class);
    }

    /**
     * Waits until the operation is over, through restarts of the director.
     *
     * @param progress   is told of every change
     * @param patience   how long the director may be away
     * @return the finished operation, however it ended
     * @throws java.util.concurrent.CancellationException when cancelled (the operation goes on)
     */
    public Operation await(String id, Consumer<Operation> progress, Duration patience, Cancellation cancellation) {
        Operation last = null;
        long heard = System.nanoTime();
        Duration pause = SHORTEST;
        while (true) {
            try {
                Operation now = http.call(HttpCall.get(path(id)).cancellation(cancellation), Operation.class);
                heard = System.nanoTime();
                if (!now.equals(last)) {
                    pause = SHORTEST;
                    last = now;
                    progress.accept(now);
                }
                if (now.state().isFinal()) {
                    return now;
                }
            } catch (ApiException e) {
                ErrorCode code = e.error().code();
                if (!code.isRetryable() || System.nanoTime() - heard > patience.toNanos()) {
                    throw e;
                }
            }
            cancellation.await(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
        }
    }

    private static String path(String id) {
        return "/operations/" + HttpCall.segment(id);
    }
}
