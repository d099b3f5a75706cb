package eu.conpaas.service.agent;

import eu.conpaas.api.NodeContext;
import eu.conpaas.pki.KeyMaterial;
import java.io.IOException;
import java.nio.file.Path;

/** What an agent's logic gets from the node it runs on. */
public interface AgentContext {
    /** Who and where it is. */
    NodeContext node();

    /** The node's own folder, writable by the engines' user. */
    Path folder();

    /** Folder all nodes of the service share, or null. */
    Path sharedFolder();

    /** Numeric user and group id engines run under, or -1 to run them as the agent itself (loopback mode without root). */
    int engineUser();

    /** The node's key and certificate, which are replaced while the node runs; null where a node has none. */
    default KeyMaterial keys() {
        return null;
    }

    /** Daemons of this node. */
    Supervisor supervisor();

    /** The file with this SHA-256 from the director's content store, fetched if it is not here yet and checked. */
    Path content(String sha256) throws IOException;
}
