package eu.conpaas.service.mysql.internal.doc;

import eu.conpaas.rpc.Json;
import java.util.Map;

/**
 * How a database server is.
 *
 * @param up        whether it answers; if not, everything else but {@code there} and {@code solo} says nothing
 * @param leading   whether it takes writes
 * @param semi      whether it waits for a replica before it acknowledges a commit
 * @param clients   replicas it may wait for
 * @param gtid      position of the last transaction it has carried out, empty if there is none
 * @param follows   address of its master, or null
 * @param io        whether it receives from its master
 * @param sql       whether it carries out what it has received
 * @param idle     whether it has carried out all it has received
 * @param error     why one of the two has stopped, or null
 * @param behind    seconds it is behind its master, -1 if unknown
 * @param there     whether the node has data
 * @param solo      whether it has acknowledged commits that no replica had
 */
public record ServerState(boolean up, boolean leading, boolean semi, int clients, String gtid, String follows, boolean io, boolean sql, boolean idle,
        String error, long behind, boolean there, boolean solo) {
    public static ServerState of(Map<String, Object> map) {
        return Json.convert(map, ServerState.class);
    }

    /** A server that does not answer. */
    public static ServerState down(boolean there, boolean solo) {
        return new ServerState(false, false, false, 0, "", null, false, false, true, null, -1, there, solo);
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> map() {
        return Json.convert(this, Map.class);
    }

    /** Whether it follows the server at this address as a replica should. */
    public boolean follows(String master) {
        return up && master.equals(follows) && io && sql;
    }
}
