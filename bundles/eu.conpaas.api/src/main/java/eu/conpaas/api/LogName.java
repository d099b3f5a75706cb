package eu.conpaas.api;

/**
 * A log that can be read.
 *
 * @param node node id
 * @param name name of the log there; {@code node} is the log of the node's own process
 * @param size bytes it has now
 */
public record LogName(String node, String name, long size) {
}
