package eu.conpaas.director.internal.account;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.UserAccount;
import eu.conpaas.director.internal.security.Certificates;
import eu.conpaas.director.internal.security.Tokens;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Row;
import eu.conpaas.director.internal.store.Session;

/** Accounts as administrators look after them. There is always one administrator who can sign in. */
public final class Accounts {
    private static final String ALL = "SELECT user.*, coalesce(l.credit, 0) AS credit, coalesce(l.held, 0) AS held, coalesce(a.n, 0) AS applications,"
            + " coalesce(v.n, 0) AS services, coalesce(d.n, 0) AS nodes FROM user"
            + " LEFT JOIN (SELECT uid, sum(amount) AS credit, -sum(CASE WHEN kind IN ('HOLD', 'RELEASE') THEN amount ELSE 0 END) AS held FROM ledger GROUP BY uid) l"
            + " ON l.uid = user.uid"
            + " LEFT JOIN (SELECT user_id, count(*) AS n FROM application GROUP BY user_id) a ON a.user_id = user.uid"
            + " LEFT JOIN (SELECT user_id, count(*) AS n FROM service WHERE gone IS NULL GROUP BY user_id) v ON v.user_id = user.uid"
            + " LEFT JOIN (SELECT uid, count(*) AS n FROM node WHERE gone = 0 AND state IN ('REQUESTED', 'BOOTING', 'READY', 'LEAVING') GROUP BY uid) d"
            + " ON d.uid = user.uid WHERE user.deleted IS NULL ";

    private final Database database;
    private final Certificates certificates;
    private final Clock clock;

    public Accounts(Database database, Certificates certificates, Clock clock) {
        this.database = database;
        this.certificates = certificates;
        this.clock = clock;
    }

    /**
     * Users by id.
     *
     * @param text  part of user name, names or e-mail address; null for all
     * @param after id of the last user of the page before, 0 for the first page
     */
    public List<UserAccount> list(String text, long after, int limit) {
        String like = text == null || text.isBlank() ? null : "%" + text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
        return database.read(s -> s.list(ALL + "AND user.uid > ? AND (? IS NULL OR username || ' ' || fname || ' ' || lname || ' ' || email LIKE ? ESCAPE '\\')"
                + " ORDER BY user.uid LIMIT ?", Accounts::of, after, like, like, limit));
    }

    /** @throws ApiException NOT_FOUND */
    public UserAccount get(long uid) {
        return database.read(s -> {
            Users.get(s, uid);
            return s.one(ALL + "AND user.uid = ?", Accounts::of, uid).orElseThrow();
        });
    }

    private static UserAccount of(Row r) throws SQLException {
        User user = User.of(r);
        return new UserAccount(user.view(r.number("credit")), user.disabled(), user.reason(), r.number("held"), r.number("nodes") * Ledger.PER_HOUR,
                r.integer("applications"), r.integer("services"), r.integer("nodes"));
    }

    /** Shuts a user out at once, tokens and certificates included; its services go on. @throws ApiException CONFLICT for the last administrator */
    public void disable(long uid, String reason) {
        database.write(s -> {
            User user = Users.get(s, uid);
            requireAnotherAdministrator(s, user);
            s.run("UPDATE user SET disabled = coalesce(disabled, ?), reason = ? WHERE uid = ?", clock.instant(), reason == null ? "" : reason.strip(), uid);
            Tokens.revokeAll(s, uid, null);
            return null;
        });
    }

    /** Lets a user in again, with the password and certificates of before. */
    public void enable(long uid) {
        database.write(s -> s.run("UPDATE user SET disabled = NULL, reason = NULL WHERE uid = ?", Users.get(s, uid).uid()));
    }

    /** @throws ApiException CONFLICT for the last administrator */
    public void setAdministrator(long uid, boolean admin) {
        database.write(s -> {
            User user = Users.get(s, uid);
            if (!admin) {
                requireAnotherAdministrator(s, user);
            }
            return s.run("UPDATE user SET admin = ? WHERE uid = ?", admin, uid);
        });
    }

    private static void requireAnotherAdministrator(Session s, User user) {
        if (user.admin() && s.number("SELECT count(*) FROM user WHERE admin = 1 AND disabled IS NULL AND deleted IS NULL AND uid <> ?", user.uid()) == 0) {
            throw new ApiException(ErrorCode.CONFLICT, user.username() + " is the only administrator.", "Make somebody else an administrator first.");
        }
    }

    /**
     * Deletes an account with its applications, which must be empty. Its lines in ledger and audit log stay, without name; its user name and address
     * are free again.
     *
     * @throws ApiException CONFLICT while it has services, and for the last administrator
     */
    public void delete(long uid) {
        database.write(s -> {
            User user = Users.get(s, uid);
            requireAnotherAdministrator(s, user);
            List<String> busy = s.list("SELECT DISTINCT application.name AS name FROM application JOIN service ON application_id = aid"
                    + " WHERE application.user_id = ? AND gone IS NULL ORDER BY aid", r -> r.text("name"), uid);
            long nodes = s.number("SELECT count(*) FROM node WHERE uid = ? AND gone = 0", uid);
            if (!busy.isEmpty() || nodes > 0) {
                throw new ApiException(ErrorCode.CONFLICT, user.username() + " still has " + (busy.isEmpty() ? nodes + " nodes that are being ended."
                        : "services, in " + String.join(", ", busy) + "."), "Delete these applications, or hand them over, first.");
            }
            Applications.ofUser(s, uid).forEach(a -> Applications.drop(s, a.aid()));
            s.run("DELETE FROM member WHERE uid = ?", uid);
            s.run("DELETE FROM handover WHERE uid = ?", uid);
            s.run("DELETE FROM password_right WHERE uid = ?", uid);
            s.run("UPDATE export SET expires = ? WHERE uid = ?", clock.instant(), uid);
            Tokens.revokeAll(s, uid, null);
            certificates.revokeUser(s, uid, "the account was deleted");
            String nobody = "deleted-" + uid;
            s.run("UPDATE user SET deleted = ?, username = ?, email = ?, fname = '', lname = '', affiliation = '', admin = 0, password = ? WHERE uid = ?",
                    clock.instant(), nobody, nobody, Passwords.hash(SecretText.make()), uid);
            return null;
        });
    }
}
