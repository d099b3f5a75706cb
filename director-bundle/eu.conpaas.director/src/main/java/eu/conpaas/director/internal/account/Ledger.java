package eu.conpaas.director.internal.account;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.LedgerEntry;
import eu.conpaas.director.internal.store.Session;

/**
 * The only class that posts credits. Append-only: a hold is an entry of −1, its release one of +1, a charge one of −1, so that the
 * credit shown is simply the sum. All of it runs inside the caller's transaction and there is one writer, so what was checked here
 * still holds when it is posted.
 */
public final class Ledger {
    /** What a node costs for one started hour. */
    public static final int PER_HOUR = 1;
    public static final Duration HOUR = Duration.ofHours(1);

    private final Clock clock;
    private final boolean enforce;

    public Ledger(Clock clock, boolean enforce) {
        this.clock = clock;
        this.enforce = enforce;
    }

    /** Credits of the user: sum of all entries, holds included. */
    public static long credit(Session s, long uid) {
        return s.number("SELECT coalesce(sum(amount), 0) FROM ledger WHERE uid = ?", uid);
    }

    public void grant(Session s, long uid, int amount, String note) {
        if (amount < 0) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "A grant of " + amount + " credits is not possible.", "Give a number that is not negative.");
        }
        post(s, uid, "GRANT", null, null, 0, amount, note);
    }

    /**
     * An administrator gives credits, or takes some back that are still free.
     *
     * @param amount  not 0; negative to take back
     * @param request id the caller made up, or null: the same again gives nothing more
     */
    public void give(Session s, long uid, int amount, String reason, String request) {
        if (amount == 0 || reason == null || reason.isBlank()) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, amount == 0 ? "Nothing would be given." : "The reason is missing.",
                    "Give a number of credits and a reason; both stay in the ledger.");
        }
        if (request != null && isGiven(s, uid, amount, request)) {
            return;
        }
        if (amount < 0 && credit(s, uid) + amount < 0) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Only " + Math.max(0, credit(s, uid)) + " credits are left to take back.", "Take back no more than that.");
        }
        post(s, uid, "GRANT", null, null, 0, amount, reason.strip());
    }

    private static boolean isGiven(Session s, long uid, int amount, String request) {
        if (s.run("INSERT INTO given (request, uid, amount) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", request, uid, amount) > 0) {
            return false;
        }
        if (s.number("SELECT count(*) FROM given WHERE request = ? AND uid = ? AND amount = ?", request, uid, amount) == 0) {
            throw new ApiException(ErrorCode.CONFLICT, "The request " + request + " was another one.", "Make up a new id for each grant.");
        }
        return true;
    }

    /** Credits held for nodes of the user that are not ready yet. */
    public static long held(Session s, long uid) {
        return s.number("SELECT -coalesce(sum(amount), 0) FROM ledger WHERE uid = ? AND kind IN ('HOLD', 'RELEASE')", uid);
    }

    /** Sets aside the first hour of a node. @throws ApiException NOT_ENOUGH_CREDITS if the user cannot pay it */
    public void hold(Session s, long uid, long sid, String node) {
        if (!affordable(s, uid, PER_HOUR)) {
            throw new ApiException(ErrorCode.NOT_ENOUGH_CREDITS, "Could not add nodes. Not enough credits.",
                    "Stop what you do not need, or ask your administrator for credits.");
        }
        post(s, uid, "HOLD", node, null, sid, -PER_HOUR, "first hour set aside");
    }

    /** Whether so many credits can be spent: they may reach exactly 0. Always true where credits are shown only. */
    public boolean affordable(Session s, long uid, int amount) {
        return !enforce || credit(s, uid) - amount > -1;
    }

    /** The node is ready: its hold becomes the charge of its first hour. @return whether there was a hold */
    public boolean settle(Session s, long uid, long sid, String node) {
        if (!release(s, uid, sid, node, "first hour begins")) {
            return false;
        }
        post(s, uid, "CHARGE", node, 0L, sid, -PER_HOUR, "hour 1");
        return true;
    }

    /** Gives back a hold, if there is one that has not been given back or settled. */
    public boolean release(Session s, long uid, long sid, String node, String note) {
        boolean held = s.number("SELECT (SELECT count(*) FROM ledger WHERE node = ? AND kind = 'HOLD')"
                + " - (SELECT count(*) FROM ledger WHERE node = ? AND kind = 'RELEASE')", node, node) > 0;
        if (held) {
            post(s, uid, "RELEASE", node, null, sid, PER_HOUR, note);
        }
        return held;
    }

    /** Charges one further started hour, once. @return false if the user has to pay it and cannot */
    public boolean charge(Session s, long uid, long sid, String node, long hour) {
        if (s.number("SELECT count(*) FROM ledger WHERE node = ? AND hour = ? AND kind = 'CHARGE'", node, hour) > 0) {
            return true;
        }
        if (!affordable(s, uid, PER_HOUR)) {
            return false;
        }
        post(s, uid, "CHARGE", node, hour, sid, -PER_HOUR, "hour " + (hour + 1));
        return true;
    }

    /** Entries, newest first. {@code before}: id of the last one of the page before, 0 for the first page */
    public static List<LedgerEntry> entries(Session s, long uid, long before, int limit) {
        return s.list("SELECT * FROM ledger WHERE uid = ? AND (? = 0 OR id < ?) ORDER BY id DESC LIMIT ?", r -> new LedgerEntry(r.number("id"), r.time("time"), r.text("kind"),
                r.text("node"), r.text("hour") == null ? null : (Long) r.number("hour"), r.number("sid"), r.integer("amount"), r.text("note")), uid, before, before, limit);
    }

    private void post(Session s, long uid, String kind, String node, Long hour, long sid, int amount, String note) {
        s.run("INSERT INTO ledger (time, uid, kind, node, hour, sid, amount, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", clock.instant(), uid, kind, node,
                hour, sid, amount, note);
    }
}
