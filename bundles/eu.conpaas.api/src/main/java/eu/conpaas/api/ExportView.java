package eu.conpaas.api;

import java.time.Instant;
import java.util.List;

/**
 * A whole application as one file, kept by the director for some days: made here, or uploaded to be imported.
 *
 * @param id          unique
 * @param application name of the application it was made of
 * @param aid         that application, or 0 if it was uploaded
 * @param services    one {@code name (type)} for each service
 * @param operation   operation that makes or made it, or null if it was uploaded
 * @param created     when the application was exported
 * @param expires     when the director forgets it
 * @param size        bytes of the file, or 0 while it is being made
 * @param sha256      of the file, or null while it is being made
 */
public record ExportView(String id, String application, long aid, List<String> services, String operation, Instant created, Instant expires, long size,
        String sha256) {
    public ExportView {
        services = List.copyOf(services);
    }

    /** Whether there is a file. */
    public boolean isReady() {
        return sha256 != null;
    }
}
