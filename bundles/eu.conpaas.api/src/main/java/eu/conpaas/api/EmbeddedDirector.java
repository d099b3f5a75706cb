package eu.conpaas.api;

import java.nio.file.Path;

/** A director inside this process, offered as an OSGi service, so that a console can start one without knowing the director's bundle. */
public interface EmbeddedDirector extends AutoCloseable {
    /** Folder below the data folder with {@code cert.pem}, {@code key.pem} and {@code ca_cert.pem} of its owner. */
    String OWNER = "owner";

    /**
     * Starts it on a data folder (made and filled if empty). Its owner is an administrator and signs in with the credentials in the folder {@link #OWNER},
     * which only the user of this process can read; they are renewed here before they end.
     *
     * @return its base URL for clients on this machine
     * @throws ApiException if it cannot start, saying what to do
     */
    String start(Path folder);

    /** Stops it; its services go on running. */
    @Override
    void close();
}
