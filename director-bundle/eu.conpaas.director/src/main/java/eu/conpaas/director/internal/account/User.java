package eu.conpaas.director.internal.account;

import java.sql.SQLException;
import java.time.Instant;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.UserView;
import eu.conpaas.director.internal.store.Row;

/**
 * A user, without password. Credit is derived from the ledger and not stored here.
 *
 * @param admin    whether it is an administrator
 * @param disabled since when it may do nothing, or null
 * @param reason   why, or null
 */
public record User(long uid, String username, String fname, String lname, String email, String affiliation, Instant created, boolean admin, Instant disabled,
        String reason) {
    static final String COLUMNS = "uid, username, fname, lname, email, affiliation, created, admin, disabled, reason";

    static User of(Row row) throws SQLException {
        return new User(row.number("uid"), row.text("username"), row.text("fname"), row.text("lname"), row.text("email"), row.text("affiliation"),
                row.time("created"), row.flag("admin"), row.time("disabled"), row.text("reason"));
    }

    /** The same user, who may do something. @throws ApiException FORBIDDEN if the account is disabled */
    public User active() {
        if (disabled != null) {
            throw new ApiException(ErrorCode.FORBIDDEN, "The account " + username + " is disabled" + (reason == null || reason.isBlank() ? "." : ": " + reason),
                    "Ask your administrator.");
        }
        return this;
    }

    public UserView view(long credit) {
        return new UserView(uid, username, fname, lname, email, affiliation, credit, created, admin);
    }
}
