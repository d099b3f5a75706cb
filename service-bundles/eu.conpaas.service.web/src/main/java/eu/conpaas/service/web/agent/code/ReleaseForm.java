package eu.conpaas.service.web.agent.code;

import eu.conpaas.service.web.agent.Place;
import java.io.IOException;
import java.nio.file.Path;

/** How a service wants its releases to lie on a node. */
public interface ReleaseForm {
    /** As they were uploaded; all of it may be served. */
    ReleaseForm AS_IS = new ReleaseForm() { };

    /** The archive to unpack in place of the uploaded one. @param hash SHA-256 of the uploaded one */
    default Path archive(Path uploaded, String hash, Place place) throws IOException {
        return uploaded;
    }

    /** Completes an unpacked tree that is not in use yet. */
    default void arrange(Path tree, Place place) throws IOException {
    }

    /** Path below a release of what the web role serves, beginning with {@code /}, or an empty text for all of it. */
    default String files() {
        return "";
    }
}
