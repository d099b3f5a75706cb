package eu.conpaas.service.manager;

import eu.conpaas.api.NodeView;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/**
 * Speaks with the agents of the manager's service. Every call carries the manager's epoch, has a deadline, ends when cancelled, and
 * throws {@link eu.conpaas.api.ApiException}: UNAVAILABLE if the agent does not answer, STALE_EPOCH if another manager has taken over,
 * STEP_FAILED with the engine's last log lines if an engine did not come up.
 */
public interface Agents {
    /**
     * Makes the node have the role with this configuration and waits until its daemons are ready. The agent stores it, so that it comes
     * back after a restart. Calling it again with the same configuration does nothing.
     */
    void configure(NodeView node, String role, Map<String, Object> configuration);

    /** Stops the role's daemons gracefully and forgets its configuration. Releasing a role the node does not have is no error. */
    void release(NodeView node, String role);

    /** Calls a method of the service type's agent. */
    Map<String, Object> call(NodeView node, String method, Map<String, Object> arguments, Duration deadline);

    /**
     * Streams the file that a method of the service type's agent answers with.
     *
     * @param out   not closed
     * @param pause longest time in which nothing comes
     */
    void download(NodeView node, String method, Map<String, Object> arguments, OutputStream out, Duration pause);

    /** What runs on the node: role to health and configuration hash. */
    Status status(NodeView node);

    /**
     * @param roles role id to its status
     */
    record Status(Map<String, RoleStatus> roles) {
    }

    /**
     * @param ready  whether all daemons are up and answer
     * @param hash   hash of the configuration in force (see {@link #hash})
     * @param detail what is wrong, or null
     */
    record RoleStatus(boolean ready, String hash, String detail) {
    }
}
