package eu.conpaas.service.runtime;

import java.io.IOException;
import java.io.OutputStream;

/** Where contents come from: the director's store. */
public interface ContentSource {
    /**
     * Fetches a content. Whether it is the right one, the caller looks.
     *
     * @throws IOException                 if it cannot be written
     * @throws eu.conpaas.api.ApiException if the director cannot be reached or does not have it
     */
    void fetch(String sha256, OutputStream to) throws IOException;
}
