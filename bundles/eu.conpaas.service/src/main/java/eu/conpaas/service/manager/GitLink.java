package eu.conpaas.service.manager;

import eu.conpaas.api.GitPush;
import eu.conpaas.api.Operation;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the part of a manager that serves Git says to the director. All calls throw {@link eu.conpaas.api.ApiException}: UNAVAILABLE or TIMEOUT when the
 * director cannot be reached, STALE_EPOCH when another manager has taken over.
 */
public interface GitLink {
    /** Fetches a content into a file. @throws IOException if the file cannot be written */
    void fetch(String sha256, Path target) throws IOException;

    /**
     * Hands on a push. It is on the director's disk when this returns; the same push may be handed on again.
     *
     * @param pack new objects, or null
     * @param code archive of the files of the commit that becomes a code version, or null
     */
    GitPush.Answer push(GitPush push, Path pack, Path code);

    /** Has one pack of objects kept in the place of all there are. */
    void compact(GitPush.Compact compact, Path pack);

    /** Makes a version active. @return the operation, or null if there is nothing to do */
    Operation activate(long epoch, String version);

    /** How an operation of the service stands. */
    Operation operation(String id);
}
