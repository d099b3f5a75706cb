package eu.conpaas.api;

import java.util.Map;

/**
 * Sent by every node at intervals ({@code POST /nodes/heartbeat}, node certificate).
 *
 * @param protocol {@link Protocol#VERSION} of the node
 * @param release  version of the node product
 * @param address  IP address it listens on
 * @param port     port it listens on
 * @param boot     random id of this run of the node process, to tell restarts
 * @param ok       whether everything it supervises is healthy
 * @param detail   what is not, or null
 * @param metrics  latest samples by name (cpu percent, memory bytes, …)
 */
public record Heartbeat(int protocol, String release, String address, int port, String boot, boolean ok, String detail,
        Map<String, Double> metrics) {
    public Heartbeat {
        metrics = metrics == null ? Map.of() : Map.copyOf(metrics);
    }

    /**
     * The director's answer.
     *
     * @param lease    seconds without heartbeat after which the node counts as dead
     * @param interval seconds to the next heartbeat
     * @param renew    whether the node shall renew its certificate now
     * @param end      whether the node is no longer wanted and shall stop its engines
     */
    public record Answer(int lease, int interval, boolean renew, boolean end) {
    }
}
