package eu.conpaas.service.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Download;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a service type does on its agent nodes. The SDK keeps each role's configuration on disk and calls {@link #apply} whenever it
 * changes and after a restart of the agent, so {@code apply} must be able to find everything already as it should be.
 */
public interface ServiceAgent extends AutoCloseable {
    /**
     * Makes the role be as configured and returns the daemons it consists of; the SDK then starts, restarts or leaves them and waits
     * until they are ready. Blocking preparation (unpacking code) is done here.
     */
    List<DaemonSpec> apply(String role, Map<String, Object> configuration) throws Exception;

    /** Called before the role's daemons are stopped for good: drains what can be drained, within its own bounds. */
    default void releasing(String role) throws Exception {
    }

    /** A method the type's manager calls by {@code Agents.call}. */
    Map<String, Object> call(String method, Map<String, Object> arguments) throws Exception;

    /**
     * Writes a part of the service's data that the manager has named with this node ({@code ServiceData.parts}), in constant memory and without
     * stopping anything. A failure after the first byte cuts the stream, so that the other side notices.
     */
    default void save(String part, OutputStream out) throws Exception {
        throw new ApiException(ErrorCode.NOT_FOUND, "This node has no data called " + part + ".", "Export the application again.");
    }

    /**
     * A method the type's manager calls by {@code Agents.download}. What fails before the first byte reaches the caller as it was thrown; what fails
     * later cuts the connection, so that nobody takes a part for the whole.
     */
    default Download download(String method, Map<String, Object> arguments) throws Exception {
        throw new ApiException(ErrorCode.NOT_FOUND, "method not found: " + method, "This agent gives no files.");
    }

    /** Engine statistics by metric name, sampled every few seconds; must be quick. */
    default Map<String, Double> sample() throws Exception {
        return Map.of();
    }

    /** Log files beyond the daemons' own, by name. */
    default Map<String, Path> logs() {
        return Map.of();
    }

    @Override
    default void close() {
    }
}
