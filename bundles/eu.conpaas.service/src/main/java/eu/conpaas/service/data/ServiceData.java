package eu.conpaas.service.data;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.manager.Situation;
import java.io.OutputStream;
import java.util.List;

/**
 * How a service's data leaves with an export of its application and comes in with an import. Called beside all other callbacks of the manager,
 * in every state of the service; nothing of the service may stop for it. What leaves must make sense by itself: each file or table as it was at one
 * moment, whatever is written meanwhile.
 */
public interface ServiceData {
    /** A service that holds nothing. */
    ServiceData NONE = situation -> List.of();

    /**
     * What there is to save now; empty if there is nothing.
     *
     * @throws ApiException if it cannot be saved in the present state, saying what to do first
     */
    List<DataPart> parts(Situation situation) throws Exception;

    /**
     * Writes a part whose {@link DataPart#node} is null, in constant memory. A failure after the first byte cuts the stream, so that the other side
     * notices.
     */
    default void save(String part, Situation situation, OutputStream out) throws Exception {
        throw new ApiException(ErrorCode.NOT_FOUND, "This service has no data called " + part + ".", "Export the application again.");
    }

    /**
     * Puts a part into a new service, in place of whatever is there, and returns once it is known to be there whole: files have been read again, a server
     * has taken everything. Repeated after a crash. Asked first while the service has never been started (goal CREATED), then, for parts not taken, while it runs.
     *
     * @param content the part as it was saved, byte for byte
     * @return false if the part can be put in only while the service runs; nothing has been done then
     */
    default boolean restore(String part, Incoming content, Situation situation) throws Exception {
        throw new ApiException(ErrorCode.INVALID_ARGUMENT, "This service does not know what to do with data called " + part + ".",
                "Import with the release that made the export, or a later one.");
    }
}
