package eu.conpaas.service.mysql.internal.doc;

import eu.conpaas.rpc.Json;
import java.util.List;
import java.util.Map;

/**
 * How a node's proxy shall be. What it listens at need not be the node's yet.
 *
 * @param address  the service's address if it shall lead to this node's server, else null
 * @param reads    the service's address for reads, or null
 * @param master   address of the master's server
 * @param replicas addresses of the servers that answer reads; none: the master does
 * @param writers  addresses of the servers that may take writes; the first that answers does; none: the master does
 */
public record DoorDoc(String address, String reads, String master, List<String> replicas, List<String> writers) {
    public DoorDoc {
        replicas = replicas == null ? List.of() : List.copyOf(replicas);
        writers = writers == null ? List.of() : List.copyOf(writers);
    }

    /** Writes go to the server on the door's own node. */
    public DoorDoc(String address, String reads, String master, List<String> replicas) {
        this(address, reads, master, replicas, List.of());
    }

    public static DoorDoc of(Map<String, Object> map) {
        return Json.convert(map, DoorDoc.class);
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> map() {
        return Json.convert(this, Map.class);
    }
}
