package eu.conpaas.api;

import java.nio.file.Path;

/** A director inside this process, offered as an OSGi service, so that a console can start one without knowing the director's bundle. */
public interface EmbeddedDirector extends AutoCloseable {
    /**
     * Starts it on a data folder (made and filled if empty).
     *
     * @return its base URL for clients on this machine
     * @throws ApiException if it cannot start, saying what to do
     */
    String start(Path folder);

    /** Stops it; its services go on running. */
    @Override
    void close();
}
