package eu.conpaas.service.plan;

import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.ServiceState;
import java.util.List;
import java.util.Map;

/**
 * A change somebody asks for.
 *
 * @param method    method name, one of the common ones or of the descriptor's with kind {@code change}
 * @param arguments checked against the descriptor (names, types, required)
 * @param state     state the service is in
 * @param versions  code versions the service has
 */
public record ChangeRequest(String method, Map<String, Object> arguments, ServiceState state, List<CodeVersion> versions) {
    public ChangeRequest {
        arguments = Map.copyOf(arguments);
        versions = List.copyOf(versions);
    }

    /** An integer argument, or the fallback if absent. */
    public int integer(String name, int fallback) {
        return arguments.get(name) instanceof Number n ? n.intValue() : fallback;
    }

    /** A file that came with the request, or null if absent. */
    public StoredFile file(String name) {
        return arguments.get(name) instanceof StoredFile file ? file : null;
    }

    /** A text argument, or null if absent. */
    public String text(String name) {
        return arguments.get(name) == null ? null : arguments.get(name).toString();
    }
}
