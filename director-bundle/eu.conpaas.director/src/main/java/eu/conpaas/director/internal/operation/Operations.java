package eu.conpaas.director.internal.operation;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Operation.Progress;
import eu.conpaas.api.Operation.StepState;
import eu.conpaas.api.Plan;
import eu.conpaas.api.ServiceState;
import eu.conpaas.director.internal.store.Docs;
import eu.conpaas.director.internal.store.Row;
import eu.conpaas.director.internal.store.Session;

/** The tables of operations and their steps. */
public final class Operations {
    private static final int SAMPLES = 20;

    private Operations() {
    }

    static void insert(Session s, OperationRow op) {
        s.run("INSERT INTO operation (id, sid, aid, uid, kind, state, plan, target, state_before, by, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                op.id(), op.sid(), op.aid(), op.uid(), op.kind(), op.state(), Docs.write(op.plan()), Objects.requireNonNullElse(Docs.write(op.target()), "null"), op.stateBefore(), op.by(),
                op.created());
    }

    public static Optional<OperationRow> find(Session s, String id) {
        return s.one("SELECT * FROM operation WHERE id = ?", r -> of(s, r), id);
    }

    /** @throws ApiException NOT_FOUND */
    public static OperationRow get(Session s, String id) {
        return find(s, id).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no operation " + id + ".", "List the operations to see their ids."));
    }

    /** The unfinished operation of a service. */
    public static Optional<OperationRow> openOf(Session s, long sid) {
        return s.one("SELECT * FROM operation WHERE sid = ? AND finished IS NULL", r -> of(s, r), sid);
    }

    public static List<OperationRow> open(Session s) {
        return s.list("SELECT * FROM operation WHERE finished IS NULL ORDER BY created", r -> of(s, r));
    }

    /** Which operations a list is to have. {@code sid}, {@code aid}: 0 for all; {@code before}: only those accepted before, or null */
    public record Wanted(long sid, long aid, boolean openOnly, Instant before, int limit) {
    }

    /** Operations of what the user owns or is a member of, newest first. */
    public static List<OperationRow> list(Session s, long uid, Wanted wanted) {
        return s.list("SELECT * FROM operation WHERE (uid = ? OR aid IN (SELECT aid FROM member WHERE uid = ?)) AND (? = 0 OR sid = ?) AND (? = 0 OR aid = ?)"
                + " AND (? = 0 OR finished IS NULL) AND (? IS NULL OR created < ?) ORDER BY created DESC LIMIT ?", r -> of(s, r),
                uid, uid, wanted.sid, wanted.sid, wanted.aid, wanted.aid, wanted.openOnly, wanted.before, wanted.before, wanted.limit);
    }

    /** Operations of a service, newest first. */
    public static List<OperationRow> ofService(Session s, long sid, Instant before, int limit) {
        return s.list("SELECT * FROM operation WHERE sid = ? AND (? IS NULL OR created < ?) ORDER BY created DESC LIMIT ?", r -> of(s, r), sid, before, before, limit);
    }

    /** Operations that have led a service to versions later than one, oldest first. */
    static List<OperationRow> since(Session s, long sid, long version) {
        return s.list("SELECT * FROM operation WHERE sid = ? AND state IN ('DONE', 'FAILED') AND json_extract(target, '$.version') > ? ORDER BY created", r -> of(s, r),
                sid, version);
    }

    static void setState(Session s, String id, Operation.State state, ApiError error) {
        s.run("UPDATE operation SET state = ?, error = coalesce(?, error) WHERE id = ?", state, Docs.write(error), id);
    }

    static void finish(Session s, String id, Operation.State state, ApiError error, Instant now) {
        s.run("UPDATE operation SET state = ?, error = coalesce(?, error), finished = ? WHERE id = ?", state, Docs.write(error), now, id);
    }

    static void setCancelling(Session s, String id) {
        s.run("UPDATE operation SET cancelling = 1 WHERE id = ?", id);
    }

    /** Notes where a step stands; {@code failed} counts one more failure. */
    static void setStep(Session s, String operation, String step, StepState state, String detail, Instant now, boolean failed) {
        Instant started = state == StepState.RUNNING ? now : null;
        Instant finished = state == StepState.DONE || state == StepState.FAILED || state == StepState.UNDONE || state == StepState.SKIPPED ? now : null;
        s.run("INSERT INTO step (operation, step, state, started, finished, detail, tries) VALUES (?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (operation, step) DO UPDATE SET state = excluded.state, started = coalesce(step.started, excluded.started),"
                + " finished = excluded.finished, detail = coalesce(excluded.detail, step.detail), tries = step.tries + excluded.tries",
                operation, step, state, started, finished, detail, failed ? 1 : 0);
    }

    /** Remembers how long a step took, for the expectations of later plans. */
    static void addDuration(Session s, String type, String key, double seconds) {
        s.run("INSERT INTO duration (type, kind, seconds) VALUES (?, ?, ?)", type, key, seconds);
        s.run("DELETE FROM duration WHERE type = ? AND kind = ? AND id NOT IN (SELECT id FROM duration WHERE type = ? AND kind = ? ORDER BY id DESC LIMIT ?)",
                type, key, type, key, SAMPLES);
    }

    /** Median seconds of past steps of a service type, by {@code kind} and {@code kind:role}. */
    public static Map<String, Double> durations(Session s, String type) {
        record Sample(String kind, double seconds) {
        }
        Map<String, java.util.ArrayList<Double>> samples = new HashMap<>();
        s.list("SELECT kind, seconds FROM duration WHERE type = ? ORDER BY seconds", r -> new Sample(r.text("kind"), r.real("seconds")), type)
                .forEach(sample -> samples.computeIfAbsent(sample.kind, k -> new java.util.ArrayList<>()).add(sample.seconds));
        Map<String, Double> medians = new HashMap<>();
        samples.forEach((kind, seconds) -> medians.put(kind, seconds.get(seconds.size() / 2)));
        return medians;
    }

    private static OperationRow of(Session s, Row r) throws SQLException {
        String id = r.text("id");
        Map<String, Progress> steps = new LinkedHashMap<>();
        Map<String, Integer> tries = new HashMap<>();
        s.list("SELECT * FROM step WHERE operation = ?", step -> {
            steps.put(step.text("step"), new Progress(step.word("state", StepState.class), step.time("started"), step.time("finished"), step.text("detail")));
            return tries.put(step.text("step"), step.integer("tries"));
        }, id);
        return new OperationRow(id, r.number("sid"), r.number("aid"), r.number("uid"), r.text("kind"), r.word("state", Operation.State.class),
                r.json("plan", Plan.class), steps, tries, r.json("target", DesiredState.class), r.word("state_before", ServiceState.class),
                r.json("error", ApiError.class), r.text("by"), r.time("created"), r.time("finished"), r.flag("cancelling"));
    }
}
