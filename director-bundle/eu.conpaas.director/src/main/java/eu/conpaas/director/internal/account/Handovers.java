package eu.conpaas.director.internal.account;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Handover;
import eu.conpaas.api.MemberRole;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Row;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.director.internal.store.StoreException;

/**
 * Changes of ownership: offered by the owner, done when the other one accepts, since it is who pays from then on. The hours that are paid stay paid by
 * whom they were; nodes go on under their certificates.
 */
public final class Handovers {
    private static final Duration LIFE = Duration.ofDays(7);
    private static final String ALL = "SELECT handover.*, application.name, f.username AS sender, t.username AS receiver,"
            + " (SELECT count(*) FROM node WHERE node.aid = handover.aid AND gone = 0 AND state IN ('REQUESTED', 'BOOTING', 'READY', 'LEAVING')) AS nodes"
            + " FROM handover JOIN application USING (aid) JOIN user f ON f.uid = application.user_id JOIN user t ON t.uid = handover.uid ";

    private final Database database;
    private final Members members;
    private final Ledger ledger;
    private final Clock clock;

    public Handovers(Database database, Members members, Ledger ledger, Clock clock) {
        this.database = database;
        this.members = members;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Offers an application; an offer made before is void.
     *
     * @param stay what the owner is to be afterwards, or null for nothing
     */
    public Handover offer(long aid, String username, MemberRole stay, String by) {
        if (stay == MemberRole.OWNER) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "An application has one owner.", "Stay as developer or viewer.");
        }
        return database.write(s -> {
            User to = Users.get(s, username).active();
            if (Members.role(s, aid, to.uid()).orElse(null) == MemberRole.OWNER) {
                throw new ApiException(ErrorCode.CONFLICT, to.username() + " owns the application already.", "");
            }
            s.run("INSERT INTO handover (aid, uid, stay, offered, expires, by) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (aid) DO UPDATE SET uid = excluded.uid,"
                    + " stay = excluded.stay, offered = excluded.offered, expires = excluded.expires, by = excluded.by", aid, to.uid(), stay, clock.instant(),
                    clock.instant().plus(LIFE), by);
            members.tell(s, aid, to, "OFFERED");
            return s.one(ALL + "WHERE handover.aid = ?", Handovers::of, aid).orElseThrow();
        });
    }

    /** Offers to a user and by it. */
    public List<Handover> list(long uid) {
        return database.read(s -> s.list(ALL + "WHERE (handover.uid = ? OR application.user_id = ?) AND expires > ? ORDER BY offered", Handovers::of, uid, uid, clock.instant()));
    }

    /** Takes an offer back, or declines it. @throws ApiException NOT_FOUND */
    public void drop(long aid, long uid) {
        database.write(s -> {
            if (s.run("DELETE FROM handover WHERE aid = ? AND (uid = ? OR (SELECT user_id FROM application WHERE application.aid = handover.aid) = ?)", aid, uid, uid) == 0) {
                throw missing(aid);
            }
            members.changed(s, aid);
            return null;
        });
    }

    /**
     * Makes the user to whom it was offered the owner.
     *
     * @throws ApiException NOT_FOUND, WRONG_STATE while something is under way, NOT_ENOUGH_CREDITS for its next hour, CONFLICT if it has one of that name
     */
    public void accept(long aid, long uid) {
        database.write(s -> {
            Handover offer = s.one(ALL + "WHERE handover.aid = ? AND handover.uid = ? AND expires > ?", Handovers::of, aid, uid, clock.instant()).orElseThrow(() -> missing(aid));
            requireQuiet(s, aid);
            if (!ledger.affordable(s, uid, (int) offer.perHour())) {
                throw new ApiException(ErrorCode.NOT_ENOUGH_CREDITS, "The application costs " + offer.perHour() + " credits an hour, you have " + Ledger.credit(s, uid) + ".",
                        "Ask your administrator for credits, or have services stopped first.");
            }
            give(s, aid, uid, offer.stay());
            return null;
        });
    }

    private static void requireQuiet(Session s, long aid) {
        if (s.number("SELECT count(*) FROM operation WHERE aid = ? AND finished IS NULL", aid) > 0
                || s.number("SELECT count(*) FROM node WHERE aid = ? AND gone = 0 AND state IN ('REQUESTED', 'BOOTING')", aid) > 0) {
            throw new ApiException(ErrorCode.WRONG_STATE, "Something is under way in application " + aid + ".", "Wait until it has finished, then accept again.");
        }
    }

    private void give(Session s, long aid, long uid, MemberRole stay) {
        long before = s.number("SELECT user_id FROM application WHERE aid = ?", aid);
        try {
            s.run("UPDATE application SET user_id = ? WHERE aid = ?", uid, aid);
        } catch (StoreException e) {
            if (e.isConstraint()) {
                throw new ApiException(ErrorCode.CONFLICT, "You have an application of the same name.", "Rename yours first.", e);
            }
            throw e;
        }
        s.run("DELETE FROM member WHERE aid = ? AND uid = ?", aid, uid);
        s.run("DELETE FROM handover WHERE aid = ?", aid);
        s.run("UPDATE service SET user_id = ? WHERE application_id = ?", uid, aid);
        s.run("UPDATE node SET uid = ? WHERE aid = ? AND gone = 0", uid, aid);
        s.run("UPDATE operation SET uid = ? WHERE aid = ?", uid, aid);
        s.run("UPDATE content SET uid = ? WHERE uid = ? AND hash IN (SELECT hash FROM content_ref JOIN service USING (sid) WHERE application_id = ?)", uid, before, aid);
        User old = Users.get(s, before);
        if (stay != null) {
            s.run("INSERT INTO member (aid, uid, role, since, by) VALUES (?, ?, ?, ?, ?)", aid, before, stay, clock.instant(), old.username());
        }
        members.tell(s, aid, old, stay == null ? "NONE" : stay.name());
        members.tell(s, aid, Users.get(s, uid), MemberRole.OWNER.name());
    }

    private static ApiException missing(long aid) {
        return new ApiException(ErrorCode.NOT_FOUND, "Application " + aid + " is not offered to you, or no longer.", "Ask its owner to offer it again.");
    }

    private static Handover of(Row r) throws SQLException {
        return new Handover(r.number("aid"), r.text("name"), r.text("sender"), r.text("receiver"), r.word("stay", MemberRole.class), r.number("nodes") * Ledger.PER_HOUR,
                r.time("expires"));
    }
}
