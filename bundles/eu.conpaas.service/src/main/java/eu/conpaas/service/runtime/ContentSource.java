package eu.conpaas.service.runtime;

import java.io.IOException;
import java.io.InputStream;

/** Where contents come from: the director's store. */
public interface ContentSource {
    /** @throws IOException if the director cannot be reached or does not have it */
    InputStream open(String sha256) throws IOException;
}
