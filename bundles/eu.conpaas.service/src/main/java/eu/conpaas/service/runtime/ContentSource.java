package eu.conpaas.service.runtime;

import java.io.IOException;
import java.nio.file.Path;

/** Where contents come from: the director's store. */
public interface ContentSource {
    /**
     * Fetches a content into a file.
     *
     * @throws IOException                   if the file cannot be written
     * @throws eu.conpaas.api.ApiException if the director cannot be reached or does not have it
     */
    void fetch(String sha256, Path target) throws IOException;
}
