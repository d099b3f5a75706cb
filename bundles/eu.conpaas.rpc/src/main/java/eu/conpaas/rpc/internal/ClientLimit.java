package eu.conpaas.rpc.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;

/** Counts the calls each client has under way. */
final class ClientLimit {
    private final int limit;
    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    ClientLimit(int limit) {
        this.limit = limit;
    }

    /** @throws ApiException TOO_MANY_REQUESTS; then there is nothing to {@link #leave} */
    void enter(String client) {
        int now = running.merge(client, 1, Integer::sum);
        if (now > limit) {
            leave(client);
            throw new ApiException(ErrorCode.TOO_MANY_REQUESTS, "There are " + limit + " calls of yours under way.", "Wait until one of them ends.");
        }
    }

    void leave(String client) {
        running.computeIfPresent(client, (c, n) -> n == 1 ? null : n - 1);
    }
}
