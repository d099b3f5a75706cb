package eu.conpaas.director.internal.node;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeState;
import eu.conpaas.cloud.Vm;
import eu.conpaas.director.internal.account.Ledger;
import eu.conpaas.director.internal.event.Bells;
import eu.conpaas.director.internal.event.Events;
import eu.conpaas.director.internal.store.Session;

/** The table of nodes and the only way from one state of a node to another, each with its entries in the ledger. */
public final class Nodes {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Ledger ledger;
    private final Events events;
    private final Bells bells;
    private final Clock clock;

    public Nodes(Ledger ledger, Events events, Bells bells, Clock clock) {
        this.ledger = ledger;
        this.events = events;
        this.bells = bells;
        this.clock = clock;
    }

    /** What a new node is to be. {@code predecessor}: the node it replaces, or null; its paid time goes over and no hold is placed. */
    public record Wanted(long sid, long aid, long uid, NodeKind kind, String cloud, long epoch, String predecessor) {
    }

    public static String newId() {
        return "n-" + random(5);
    }

    static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Stores the intent to have a node, with the hold of its first hour. @throws ApiException NOT_ENOUGH_CREDITS */
    public void request(Session s, String id, Wanted wanted) {
        if (!continuesPaidHour(s, wanted.predecessor)) {
            ledger.hold(s, wanted.uid, wanted.sid, id);
        }
        s.run("INSERT INTO node (id, sid, aid, uid, kind, state, cloud, token, enrol, epoch, predecessor, created, tenant)"
                + " VALUES (?, ?, ?, ?, ?, 'REQUESTED', ?, ?, ?, ?, ?, ?, (SELECT tenant FROM service WHERE service.sid = ?))",
                id, wanted.sid, wanted.aid, wanted.uid, wanted.kind, wanted.cloud, id, random(24), wanted.epoch, wanted.predecessor, clock.instant(),
                wanted.sid);
        changed(s, get(s, id));
    }

    private boolean continuesPaidHour(Session s, String predecessor) {
        return paidUntil(s, predecessor).filter(clock.instant()::isBefore).isPresent();
    }

    /** Until when a node is paid, or, if it never came up, the one it was to replace. */
    private static Optional<Instant> paidUntil(Session s, String id) {
        Node node = id == null ? null : find(s, id).orElse(null);
        while (node != null && node.paidUntil() == null && node.predecessor() != null) {
            node = find(s, node.predecessor()).orElse(null);
        }
        return Optional.ofNullable(node).map(Node::paidUntil);
    }

    /** The cloud has taken the order. @return false if the node has been given up meanwhile, so that nothing claims the VM */
    public boolean ordered(Session s, String id, Vm vm) {
        int rows = s.run("UPDATE node SET vmid = ?, address = coalesce(address, ?), shared_folder = ?, state = CASE state WHEN 'REQUESTED' THEN 'BOOTING' ELSE state END"
                + " WHERE id = ? AND gone = 0", vm.id(), vm.address(), vm.sharedFolder(), id);
        if (rows > 0) {
            changed(s, get(s, id));
        }
        return rows > 0;
    }

    /** Gives up the VM of the present attempt: the next one has tokens of its own, so that neither the cloud nor the old VM mistakes it. */
    public void nextAttempt(Session s, Node node, String why) {
        s.run("UPDATE node SET attempt = attempt + 1, token = ?, enrol = ?, public_key = NULL, vmid = NULL, address = NULL, state = 'REQUESTED', detail = ? WHERE id = ?",
                node.id() + "-" + (node.attempt() + 1), random(24), why, node.id());
        changed(s, get(s, node.id()));
    }

    /** The node has used its token; the same key may use it again until the node has been heard. */
    public void enrolled(Session s, String id, String publicKey, String address) {
        s.run("UPDATE node SET public_key = ?, address = ? WHERE id = ?", publicKey, address, id);
    }

    /** First authenticated heartbeat: its hour begins. Does nothing unless the node was being made. */
    public void ready(Session s, String id, String address, int port) {
        Node node = get(s, id);
        if (node.state() != NodeState.REQUESTED && node.state() != NodeState.BOOTING) {
            return;
        }
        Instant now = clock.instant();
        boolean charged = ledger.settle(s, node.uid(), node.sid(), id);
        Instant paid = charged ? now.plus(Ledger.HOUR) : inherited(s, node, now);
        s.run("UPDATE node SET state = 'READY', enrol = NULL, address = ?, port = ?, heartbeat = ?, paid_until = ?, hours = ? WHERE id = ?", address, port, now,
                paid, charged ? 1 : 0, id);
        changed(s, get(s, id));
    }

    private static Instant inherited(Session s, Node node, Instant now) {
        return paidUntil(s, node.predecessor()).filter(now::isBefore).orElse(now);
    }

    /** A node already known to be ready answers from elsewhere. */
    public void moved(Session s, String id, String address, int port) {
        s.run("UPDATE node SET address = ?, port = ? WHERE id = ?", address, port, id);
        changed(s, get(s, id));
    }

    /** The node is to be ended on purpose. */
    public void leaving(Session s, String id) {
        if (s.run("UPDATE node SET state = 'LEAVING', enrol = NULL WHERE id = ? AND gone = 0 AND state IN ('REQUESTED', 'BOOTING', 'READY')", id) > 0) {
            changed(s, get(s, id));
        }
    }

    /** The node never came up, and no further VM is tried. Its hold goes back. */
    public void failed(Session s, String id, String why) {
        if (s.run("UPDATE node SET state = 'FAILED', enrol = NULL, detail = ?, ended = ? WHERE id = ? AND state IN ('REQUESTED', 'BOOTING')", why,
                clock.instant(), id) > 0) {
            Node node = get(s, id);
            ledger.release(s, node.uid(), node.sid(), id, "the node did not come up");
            changed(s, node);
        }
    }

    /** The node was ready and has vanished; its end is dated by the last it was heard. */
    public void lost(Session s, String id, Instant lastHeard, String why) {
        if (s.run("UPDATE node SET state = 'LOST', detail = ?, ended = coalesce(?, heartbeat) WHERE id = ? AND state = 'READY'", why, lastHeard, id) > 0) {
            changed(s, get(s, id));
        }
    }

    /** The cloud holds nothing of it any more. A hold that was never settled goes back. */
    public void gone(Session s, String id) {
        Node node = get(s, id);
        if (node.gone()) {
            return;
        }
        s.run("UPDATE node SET gone = 1, state = CASE WHEN state IN ('FAILED', 'LOST') THEN state ELSE 'ENDED' END, ended = coalesce(ended, ?) WHERE id = ?",
                clock.instant(), id);
        ledger.release(s, node.uid(), node.sid(), id, "the node ended before it was ready");
        changed(s, get(s, id));
    }

    public void paid(Session s, String id, Instant until) {
        s.run("UPDATE node SET paid_until = ?, hours = hours + 1 WHERE id = ?", until, id);
    }

    public void heard(Session s, String id, Instant at) {
        s.run("UPDATE node SET heartbeat = ? WHERE id = ?", at, id);
    }

    private void changed(Session s, Node node) {
        events.add(s, "node.state", node.uid(), node.aid(), node.sid(), Map.of("node", node.id(), "state", node.state().name(), "kind", node.kind().name(),
                "address", node.address() == null ? "" : node.address()));
        s.afterCommit(() -> bells.ring(node.sid()));
    }

    public static Optional<Node> find(Session s, String id) {
        return s.one("SELECT * FROM node WHERE id = ?", Node::of, id);
    }

    /** @throws ApiException NOT_FOUND */
    public static Node get(Session s, String id) {
        return find(s, id).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no node " + id + ".", "List the nodes to see their ids."));
    }

    public static List<Node> ofService(Session s, long sid) {
        return s.list("SELECT * FROM node WHERE sid = ? AND gone = 0 ORDER BY created, id", Node::of, sid);
    }

    public static List<Node> ofUser(Session s, long uid) {
        return s.list("SELECT * FROM node WHERE uid = ? AND gone = 0 ORDER BY created, id", Node::of, uid);
    }

    /** Of applications the user owns or is a member of. */
    public static List<Node> seenBy(Session s, long uid) {
        return s.list("SELECT * FROM node WHERE gone = 0 AND (uid = ? OR aid IN (SELECT aid FROM member WHERE uid = ?)) ORDER BY created, id", Node::of, uid, uid);
    }

    /** All the cloud may hold something of. */
    public static List<Node> here(Session s) {
        return s.list("SELECT * FROM node WHERE gone = 0 ORDER BY created, id", Node::of);
    }
}
