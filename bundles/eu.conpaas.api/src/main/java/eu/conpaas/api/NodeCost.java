package eu.conpaas.api;

/**
 * A node of any user, for administrators ({@code GET /nodes/all}).
 *
 * @param node        the node
 * @param uid         who pays for it
 * @param username    its name
 * @param application name of the application
 * @param service     name of the service
 * @param type        service type
 * @param perHour     credits an hour
 * @param spent       credits charged for it so far
 */
public record NodeCost(NodeView node, long uid, String username, String application, String service, String type, int perHour, long spent) {
}
