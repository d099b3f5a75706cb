package eu.conpaas.service.mysql.internal.doc;

import eu.conpaas.rpc.Json;
import java.util.Map;

/**
 * How far the data of a server that does not run are in the history of its cluster.
 *
 * @param history id that all servers of the cluster give it, empty if the data have not been in one
 * @param commit  number of the last commit in it, -1 if not known
 */
public record Progress(String history, long commit) {
    /** Of data that have not been in a cluster. */
    public static final Progress NONE = new Progress("", -1);

    public static Progress of(Map<String, Object> map) {
        return Json.convert(map, Progress.class);
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> map() {
        return Json.convert(this, Map.class);
    }
}
