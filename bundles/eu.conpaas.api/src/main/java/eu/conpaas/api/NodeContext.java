package eu.conpaas.api;

/**
 * What a node is; stored on it, so that a restarted node process needs nobody to tell.
 *
 * @param node        node id
 * @param kind        manager or agent
 * @param type        service type
 * @param uid         owner
 * @param aid         application
 * @param sid         service
 * @param epoch       for a manager: its epoch; higher ones replace it
 * @param director    base URL of the director
 * @param address     its own IP address
 * @param port        port its server listens on
 * @param sharedFolder folder all nodes of the service share, or null
 * @param lease       seconds without heartbeat after which it counts as dead
 * @param heartbeat   seconds between heartbeats
 */
public record NodeContext(String node, NodeKind kind, String type, long uid, long aid, long sid, long epoch, String director,
        String address, int port, String sharedFolder, int lease, int heartbeat) {
}
