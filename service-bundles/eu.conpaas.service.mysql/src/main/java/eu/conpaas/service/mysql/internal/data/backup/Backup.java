package eu.conpaas.service.mysql.internal.data.backup;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole copy of the databases.
 *
 * @param id          unique within the service
 * @param description free text
 * @param time        second from which on the databases can be put back with it (seconds since 1970)
 * @param gtid        position in the binary log it ends at
 * @param history     history of the databases it belongs to, see {@link Archive}
 * @param size        bytes it takes
 * @param automatic   whether nobody asked for it, so that it goes when newer ones have come
 */
public record Backup(String id, String description, long time, String gtid, int history, long size, boolean automatic) {
    /** What users are shown. */
    public Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("backup", id);
        shown.put("time", Moment.forPrograms(java.time.Instant.ofEpochSecond(time)));
        shown.put("size", size);
        shown.put("automatic", automatic);
        shown.put("description", description);
        return shown;
    }
}
