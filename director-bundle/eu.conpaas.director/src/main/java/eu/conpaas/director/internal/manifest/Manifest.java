package eu.conpaas.director.internal.manifest;

import java.util.List;
import java.util.Map;

/**
 * An application as its manifest describes it.
 *
 * @param application name
 * @param description free text, kept by nobody; may be null
 * @param services    in the order in which they are started
 */
public record Manifest(String application, String description, List<Entry> services) {
    public Manifest {
        services = List.copyOf(services);
    }

    /**
     * A service of it.
     *
     * @param name          ServiceName, or null
     * @param cloud         or null for the default one
     * @param start         whether it is to run; null: not said
     * @param startupScript URL, or null
     * @param instances     StartupInstances by key
     * @param fields        values of the type's own keys: texts, or maps for objects
     */
    public record Entry(String type, String name, String cloud, Boolean start, String startupScript, Map<String, Integer> instances, Map<String, Object> fields) {
    }
}
