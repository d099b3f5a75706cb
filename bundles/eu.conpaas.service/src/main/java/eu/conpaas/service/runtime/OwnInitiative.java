package eu.conpaas.service.runtime;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Assignment;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Caller;
import eu.conpaas.service.manager.Initiative;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A manager's own changes: they go the way of those that users ask of it.
 *
 * @param assignment the latest, or null before the first
 * @param waker      has the manager look again at once
 */
record OwnInitiative(DirectorLink director, Supplier<Assignment> assignment, Runnable waker) implements Initiative {
    @Override
    public void change(String method, Map<String, Object> arguments) {
        Assignment now = assignment.get();
        if (now == null) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "The manager has not heard from the director yet.", "Try again in a moment.");
        }
        director.call(method, arguments, List.of(), new Caller(Caller.Auth.CERTIFICATE, null, now.service().user_id(), "manager", false, ""));
    }

    @Override
    public void wake() {
        waker.run();
    }
}
