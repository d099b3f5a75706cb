package eu.conpaas.service.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps daemons running: starts them in sessions of their own so that they survive the JVM, finds them again after its restart (by pid,
 * start time and node token), restarts those that die (with back-off), and stops them gracefully.
 */
public interface Supervisor {
    /**
     * Makes exactly these daemons of the group run, in this order: starts missing ones, reloads or restarts changed ones, leaves unchanged
     * ones alone, stops others of the group; waits until all are ready.
     *
     * @throws eu.conpaas.api.ApiException STEP_FAILED with the last lines of its log if one does not become ready
     */
    void apply(String group, List<DaemonSpec> daemons);

    /** Stops a group's daemons gracefully, last first, and forgets them. */
    void stop(String group);

    /** Stops one daemon gracefully and forgets it, whichever group it is in. */
    void stopDaemon(String id);

    /** All daemons of a group and how they are. */
    Map<String, Health> health(String group);

    /** Groups that have daemons. */
    List<String> groups();

    /** Process id of a running daemon. */
    Optional<Long> pid(String id);

    /**
     * @param alive    whether the process runs
     * @param ready    whether it answers
     * @param restarts how often it has been restarted since it was first started
     * @param detail   what is wrong, or null
     */
    record Health(boolean alive, boolean ready, int restarts, String detail) {
    }
}
