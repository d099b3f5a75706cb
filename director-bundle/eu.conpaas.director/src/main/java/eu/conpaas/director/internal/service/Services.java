package eu.conpaas.director.internal.service;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Observed;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.StateChange;
import eu.conpaas.director.internal.store.Docs;
import eu.conpaas.director.internal.store.Row;
import eu.conpaas.director.internal.store.Session;

/** The table of services and the log of their states. */
public final class Services {
    private Services() {
    }

    public static long insert(Session s, String name, String type, String cloud, long uid, long aid, DesiredState desired, Map<String, String> secrets,
            Instant now) {
        long sid = s.insert("INSERT INTO service (name, type, state, created, cloud, user_id, application_id, desired, epoch, secrets, tenant)"
                + " VALUES (?, ?, 'INIT', ?, ?, ?, ?, ?, 1, ?, ?)", name, type, now, cloud, uid, aid, Docs.write(desired), Docs.write(secrets), uid);
        log(s, sid, ServiceState.INIT, "created", now);
        return sid;
    }

    /** A service that is there. */
    public static Optional<Service> find(Session s, long sid) {
        return s.one("SELECT * FROM service WHERE sid = ? AND gone IS NULL", Services::of, sid);
    }

    /** @throws ApiException NOT_FOUND */
    public static Service get(Session s, long sid) {
        return find(s, sid).orElseThrow(() -> missing(sid));
    }

    public static ApiException missing(long sid) {
        return new ApiException(ErrorCode.NOT_FOUND, "There is no service " + sid + ".", "List your services to see their ids.");
    }

    public static List<Service> all(Session s) {
        return s.list("SELECT * FROM service WHERE gone IS NULL ORDER BY sid", Services::of);
    }

    /** Of applications the user owns or is a member of. */
    public static List<Service> seenBy(Session s, long uid) {
        return s.list("SELECT * FROM service WHERE gone IS NULL AND (user_id = ? OR application_id IN (SELECT aid FROM member WHERE uid = ?)) ORDER BY sid",
                Services::of, uid, uid);
    }

    public static List<Service> ofApplication(Session s, long aid) {
        return s.list("SELECT * FROM service WHERE application_id = ? AND gone IS NULL ORDER BY sid", Services::of, aid);
    }

    public static void setState(Session s, long sid, ServiceState state, String reason, Instant now) {
        if (s.run("UPDATE service SET state = ? WHERE sid = ? AND state <> ?", state, sid, state) > 0) {
            log(s, sid, state, reason, now);
        }
    }

    public static void setDesired(Session s, long sid, DesiredState desired) {
        s.run("UPDATE service SET desired = ? WHERE sid = ?", Docs.write(desired), sid);
    }

    public static void setObserved(Session s, long sid, Observed observed) {
        s.run("UPDATE service SET observed = ? WHERE sid = ?", Docs.write(observed), sid);
    }

    public static void setManager(Session s, long sid, String node, long epoch) {
        s.run("UPDATE service SET manager_node = ?, epoch = ? WHERE sid = ?", node, epoch, sid);
    }

    public static void setAddresses(Session s, long sid, Map<String, Service.Held> addresses) {
        s.run("UPDATE service SET addresses = ? WHERE sid = ?", Docs.write(new Book(addresses)), sid);
    }

    /** The stored form of a service's addresses. */
    record Book(Map<String, Service.Held> held) {
    }

    public static void setSharedFolder(Session s, long sid, String key) {
        s.run("UPDATE service SET shared_folder = ? WHERE sid = ?", key, sid);
    }

    public static void setUnpaid(Session s, long sid, boolean unpaid) {
        s.run("UPDATE service SET unpaid = ? WHERE sid = ?", unpaid, sid);
    }

    public static void rename(Session s, long sid, String name) {
        s.run("UPDATE service SET name = ? WHERE sid = ?", name, sid);
    }

    public static void setGone(Session s, long sid, Instant now) {
        s.run("UPDATE service SET gone = ?, secrets = '{}' WHERE sid = ?", now, sid);
        setAddresses(s, sid, Map.of());
    }

    public static List<StateChange> history(Session s, long sid) {
        return s.list("SELECT * FROM state_log WHERE sid = ? ORDER BY id", r -> new StateChange(r.time("time"), r.word("state", ServiceState.class),
                r.text("reason")), sid);
    }

    private static void log(Session s, long sid, ServiceState state, String reason, Instant now) {
        s.run("INSERT INTO state_log (sid, time, state, reason) VALUES (?, ?, ?, ?)", sid, now, state, reason);
    }

    @SuppressWarnings("unchecked")
    private static Service of(Row r) throws SQLException {
        return new Service(r.number("sid"), r.text("name"), r.text("type"), r.word("state", ServiceState.class), r.time("created"), r.text("cloud"),
                r.number("user_id"), r.number("application_id"), r.json("desired", DesiredState.class), r.json("observed", Observed.class),
                r.number("epoch"), r.text("manager_node"), Map.copyOf(r.json("addresses", Book.class).held()), r.text("shared_folder"),
                r.json("secrets", Map.class), r.flag("unpaid"), r.time("gone"), r.number("tenant"));
    }
}
