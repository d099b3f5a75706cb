package eu.conpaas.service.mysql.internal.doc;

import eu.conpaas.rpc.Json;
import java.util.Map;

/**
 * How a server is in its cluster.
 *
 * @param up      whether it answers; if not, everything else but {@code there} and {@code named} says nothing
 * @param primary whether it is in the part of the cluster that may write
 * @param ready   whether it carries out what users ask for
 * @param size    servers in its part of the cluster
 * @param there   whether the node has data
 * @param named   whether it has been told a cluster's name
 */
public record ClusterState(boolean up, boolean primary, boolean ready, int size, boolean there, boolean named) {
    public static ClusterState of(Map<String, Object> map) {
        return Json.convert(map, ClusterState.class);
    }

    /** A server that does not answer. */
    public static ClusterState down(boolean there, boolean named) {
        return new ClusterState(false, false, false, 0, there, named);
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> map() {
        return Json.convert(this, Map.class);
    }

    /** Whether it is in the cluster that works. */
    public boolean in() {
        return up && primary;
    }

    /** Whether users can be led to it. */
    public boolean serves() {
        return in() && ready;
    }
}
