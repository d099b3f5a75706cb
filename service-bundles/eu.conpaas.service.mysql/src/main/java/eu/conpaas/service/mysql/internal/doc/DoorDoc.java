package eu.conpaas.service.mysql.internal.doc;

import eu.conpaas.rpc.Json;
import java.util.List;
import java.util.Map;

/**
 * How the proxy at the service's address shall be.
 *
 * @param address  the service's address, or null where it has none: then only reads go through the proxy, at the node's own address
 * @param replicas addresses of the servers that answer reads; none: the master does
 */
public record DoorDoc(String address, List<String> replicas) {
    public DoorDoc {
        replicas = replicas == null ? List.of() : List.copyOf(replicas);
    }

    public static DoorDoc of(Map<String, Object> map) {
        return Json.convert(map, DoorDoc.class);
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> map() {
        return Json.convert(this, Map.class);
    }
}
