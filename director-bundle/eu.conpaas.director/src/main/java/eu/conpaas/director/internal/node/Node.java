package eu.conpaas.director.internal.node;

import java.sql.SQLException;
import java.time.Instant;

import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeState;
import eu.conpaas.api.NodeView;
import eu.conpaas.director.internal.store.Row;

/**
 * A stored node.
 *
 * @param attempt     how many VMs were given up for it
 * @param token       cloud token of the present attempt
 * @param enrol       one-time enrolment token, null once the node has shown its certificate
 * @param publicKey   key it enrolled with, or null
 * @param predecessor node whose paid hour it continues, or null
 * @param paidUntil   end of the paid time, null before it was ready
 * @param hours       hours charged
 * @param gone        whether the cloud holds nothing of it any more
 * @param tenant      the uid in its certificates; {@code uid} is who pays for it
 */
public record Node(String id, long sid, long aid, long uid, NodeKind kind, NodeState state, String cloud, int attempt, String token, String enrol,
        String publicKey, String vmid, String address, int port, String sharedFolder, long epoch, String predecessor, Instant created, Instant heartbeat,
        Instant paidUntil, long hours, Instant ended, boolean gone, String detail, long tenant) {

    static Node of(Row r) throws SQLException {
        return new Node(r.text("id"), r.number("sid"), r.number("aid"), r.number("uid"), r.word("kind", NodeKind.class), r.word("state", NodeState.class),
                r.text("cloud"), r.integer("attempt"), r.text("token"), r.text("enrol"), r.text("public_key"), r.text("vmid"), r.text("address"),
                r.integer("port"), r.text("shared_folder"), r.number("epoch"), r.text("predecessor"), r.time("created"), r.time("heartbeat"),
                r.time("paid_until"), r.number("hours"), r.time("ended"), r.flag("gone"), r.text("detail"), r.number("tenant"));
    }

    public NodeView view() {
        return new NodeView(id, sid, aid, kind, state, cloud, vmid, address, port, created, heartbeat, paidUntil);
    }
}
