package eu.conpaas.director.internal.event;

import java.time.Clock;
import java.util.List;

import eu.conpaas.api.AuditEntry;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Session;

/** Who did what; append-only. */
public final class Audit {
    private final Database database;
    private final Clock clock;

    public Audit(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public void add(long uid, String actor, String action, String target, String outcome) {
        database.write(s -> s.run("INSERT INTO audit (time, uid, actor, action, target, outcome) VALUES (?, ?, ?, ?, ?, ?)", clock.instant(), uid, actor,
                action, target, outcome));
    }

    /** What was done by or for a user, newest first. */
    public static List<AuditEntry> of(Session s, long uid, int limit) {
        return s.list("SELECT * FROM audit WHERE uid = ? ORDER BY id DESC LIMIT ?", r -> new AuditEntry(r.number("id"), r.time("time"), r.number("uid"),
                r.text("actor"), r.text("action"), r.text("target"), r.text("outcome")), uid, limit);
    }
}
