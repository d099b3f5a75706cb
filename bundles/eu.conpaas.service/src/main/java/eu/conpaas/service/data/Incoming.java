package eu.conpaas.service.data;

import java.io.IOException;
import java.nio.file.Path;

/** A part on its way in: a file of the director's content store that this service's nodes may fetch. */
public interface Incoming {
    /** Its SHA-256, by which an agent gets it too ({@code AgentContext.content}). */
    String sha256();

    /** The part on this node, fetched and checked first if it is not here yet. */
    Path file() throws IOException;
}
