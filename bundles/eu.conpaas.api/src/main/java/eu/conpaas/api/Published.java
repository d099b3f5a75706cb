package eu.conpaas.api;

import java.util.List;
import java.util.Map;

/**
 * What a service publishes to the others of its application, worked out by the director from the type's descriptor.
 *
 * @param sid        the service
 * @param name       its name
 * @param type       its type
 * @param properties names of all it ever publishes, in the descriptor's order
 * @param values     what each is now; one that is not known yet (a service that has not started) is not there
 * @param variables  environment variables of old that it gives, by name; of several services the first in the application gives them
 */
public record Published(long sid, String name, String type, List<String> properties, Map<String, String> values, Map<String, String> variables) {
    public Published {
        properties = List.copyOf(properties);
        values = Map.copyOf(values);
        variables = Map.copyOf(variables);
    }
}
