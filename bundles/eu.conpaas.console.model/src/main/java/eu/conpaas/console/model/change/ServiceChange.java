package eu.conpaas.console.model.change;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import eu.conpaas.api.Accepted;
import eu.conpaas.client.Director;

/**
 * A change of one service that a person thinks about: its plan can be asked for as often as wanted, then it is made once. Its calls block.
 *
 * @param kind    for texts: {@code start}, {@code stop}, {@code scale}, {@code activate}, {@code settings}, {@code environment}, {@code terminate}
 * @param sid     service
 * @param method  of its type; null for the end of the service
 * @param request id of the request, so that a repetition finds what the first one began
 */
public record ServiceChange(String kind, long sid, String method, Map<String, Object> parameters, String request) {
    public ServiceChange {
        parameters = Map.copyOf(parameters);
    }

    public static ServiceChange of(String kind, long sid, String method, Map<String, Object> parameters) {
        return new ServiceChange(kind, sid, method, parameters, UUID.randomUUID().toString());
    }

    public static ServiceChange terminate(long sid) {
        return of("terminate", sid, null, Map.of());
    }

    /** What it would do and cost; nothing is changed. */
    public Accepted plan(Director director) {
        return method == null ? director.services().planTerminate(sid) : director.services().plan(sid, method, parameters);
    }

    /** Makes it; the answer holds the operation, or none where nothing needed doing. */
    public Optional<String> make(Director director) {
        Accepted accepted = method == null ? director.services().terminate(sid, true) : director.services().change(sid, method, parameters, true, request);
        return Optional.ofNullable(accepted.operation()).map(o -> o.id());
    }
}
