package eu.conpaas.service.mysql.internal.engine;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a server is to be.
 *
 * @param serverId number unique among the servers of a service, from 1
 * @param settings values of the service's settings ({@link Setting}); defaults where one is absent
 * @param options  further lines for the option file's {@code [mysqld]} group, by name; a change of them restarts the server
 * @param cluster  the cluster it is in, or null
 */
public record ServerConfig(int serverId, Map<String, String> settings, Map<String, String> options, Cluster cluster) {
    public ServerConfig {
        settings = settings == null ? Map.of() : Map.copyOf(settings);
        options = options == null ? Map.of() : new TreeMap<>(options);
    }

    /** A server in no cluster. */
    public ServerConfig(int serverId, Map<String, String> settings, Map<String, String> options) {
        this(serverId, settings, options, null);
    }
}
