package eu.conpaas.api;

import java.time.Instant;

/**
 * A node as the director knows it.
 *
 * @param id        the director's id
 * @param sid       service it belongs to
 * @param aid       application it belongs to
 * @param kind      manager or agent
 * @param state     where it stands
 * @param cloud     name of its cloud
 * @param vmid      the cloud's id, or null before the cloud answered
 * @param address   IP address, or null before it has one
 * @param port      port its HTTPS server listens on (agents 5555, managers 443 or 8443), 0 before the first heartbeat
 * @param created   when the intent was stored
 * @param heartbeat when it was last heard, or null
 * @param paidUntil end of the hour that is paid, or null
 */
public record NodeView(String id, long sid, long aid, NodeKind kind, NodeState state, String cloud, String vmid, String address, int port,
        Instant created, Instant heartbeat, Instant paidUntil) {
}
