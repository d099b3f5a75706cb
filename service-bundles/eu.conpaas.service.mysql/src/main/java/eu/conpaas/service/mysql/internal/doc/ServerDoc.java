package eu.conpaas.service.mysql.internal.doc;

import eu.conpaas.rpc.Json;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a database server shall be; the same for master and replicas.
 *
 * @param serverId number unique among the service's servers; in a cluster they all have the same, as one transaction has one number
 * @param settings values of the descriptor's settings
 * @param cluster  the cluster it is in, or null for one that replicates
 */
public record ServerDoc(int serverId, Map<String, String> settings, ClusterDoc cluster) {
    /** Number of all servers of a cluster. */
    public static final int OF_CLUSTER = 1;

    public ServerDoc {
        settings = settings == null ? Map.of() : new TreeMap<>(settings);
    }

    /** A server that replicates. */
    public ServerDoc(int serverId, Map<String, String> settings) {
        this(serverId, settings, null);
    }

    /** A server's number, from its node's id. */
    public static int idOf(String node) {
        return Math.max(1, (int) (Long.parseLong(eu.conpaas.service.manager.ConfigurationHash.of(Map.of("node", node)).substring(0, 8), 16) & Integer.MAX_VALUE));
    }

    public static ServerDoc of(Map<String, Object> map) {
        return Json.convert(map, ServerDoc.class);
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> map() {
        return Json.convert(this, Map.class);
    }
}
