package eu.conpaas.director.internal.event;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

import eu.conpaas.api.AuditEntry;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Row;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.rpc.Caller;

/** Who did what, and whose matter it was; append-only. */
public final class Audit {
    private static final String OK = "ok";
    private final Database database;
    private final Clock clock;

    public Audit(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Something done by a user in its own matter. */
    public void add(long uid, String actor, String action, String target, String outcome) {
        write(uid, uid, 0, actor, action, target, outcome);
    }

    /** Something done by a caller in its own matter. */
    public void own(Caller caller, String action, String target) {
        write(caller.uid(), caller.uid(), 0, caller.name(), action, target, OK);
    }

    /** Something done to a user. */
    public void user(Caller caller, long uid, String action, String target) {
        write(uid, caller.uid(), 0, caller.name(), action, target, OK);
    }

    /** Something done to an application, which is its owner's matter. */
    public void application(Caller caller, long aid, String action) {
        application(caller, aid, action, "application " + aid);
    }

    /** The same with more words. */
    public void application(Caller caller, long aid, String action, String target) {
        long owner = database.read(s -> s.number("SELECT user_id FROM application WHERE aid = ?", aid));
        write(owner == 0 ? caller.uid() : owner, caller.uid(), aid, caller.name(), action, target, OK);
    }

    /** Something done to a service, which is its owner's matter. {@code more}: may be empty */
    public void service(Caller caller, long sid, String action, String more) {
        service(caller.uid(), caller.name(), sid, action, more, OK);
    }

    /** The same by somebody who did not call itself. */
    public void service(long actorUid, String actor, long sid, String action, String more, String outcome) {
        String target = "service " + sid + (more.isEmpty() ? "" : " " + more);
        long owner = database.read(s -> s.number("SELECT user_id FROM service WHERE sid = ?", sid));
        long aid = database.read(s -> s.number("SELECT application_id FROM service WHERE sid = ?", sid));
        write(owner == 0 ? actorUid : owner, actorUid, aid, actor, action, target, outcome);
    }

    private void write(long uid, long actorUid, long aid, String actor, String action, String target, String outcome) {
        database.write(s -> s.run("INSERT INTO audit (time, uid, actor_uid, aid, actor, action, target, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", clock.instant(), uid,
                actorUid, aid, actor, action, target, outcome));
    }

    /** What was done by or for a user, newest first. {@code before}: id of the last one of the page before, 0 for the first page */
    public static List<AuditEntry> of(Session s, long uid, long before, int limit) {
        return s.list("SELECT * FROM audit WHERE (uid = ? OR actor_uid = ?) AND (? = 0 OR id < ?) ORDER BY id DESC LIMIT ?", Audit::entry, uid, uid, before, before, limit);
    }

    /**
     * What was done by anybody, newest first.
     *
     * @param uid  user whose matter it was or who did it, 0 for all
     * @param aid  application, 0 for all
     * @param text part of actor, action or target, or null
     */
    public static List<AuditEntry> all(Session s, long uid, long aid, String text, long before, int limit) {
        String part = text == null || text.isBlank() ? null : text.strip();
        return s.list("SELECT * FROM audit WHERE (? = 0 OR uid = ? OR actor_uid = ?) AND (? = 0 OR aid = ?) AND (? = 0 OR id < ?)"
                + " AND (? IS NULL OR instr(lower(actor || ' ' || action || ' ' || target), lower(?)) > 0) ORDER BY id DESC LIMIT ?", Audit::entry,
                uid, uid, uid, aid, aid, before, before, part, part, limit);
    }

    private static AuditEntry entry(Row r) throws SQLException {
        return new AuditEntry(r.number("id"), r.time("time"), r.number("uid"), r.text("actor"), r.text("action"), r.text("target"), r.text("outcome"), r.number("aid"));
    }
}
