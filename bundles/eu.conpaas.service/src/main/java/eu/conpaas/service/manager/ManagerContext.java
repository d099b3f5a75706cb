package eu.conpaas.service.manager;

import eu.conpaas.api.NodeContext;
import eu.conpaas.service.agent.Supervisor;
import java.nio.file.Path;

/** What a manager's logic gets from the node it runs on. */
public interface ManagerContext {
    /** Who and where it is. */
    NodeContext node();

    /** A folder for engines beside the manager; lost with the node, so nothing of worth is kept there. */
    Path folder();

    /** Folder all nodes of the service share and that survives stop and replacement, or null if the cloud has none. */
    Path sharedFolder();

    /** Numeric user and group id engines run under and files in the shared folder belong to, or -1 for this process's own. */
    default int engineUser() {
        return -1;
    }

    /** Runs daemons on the manager's node, beside the JVM. */
    Supervisor supervisor();
}
