package eu.conpaas.director.internal.account;

import java.sql.SQLException;
import java.time.Instant;

import eu.conpaas.director.internal.store.Row;

/** A user, without password. Credit is derived from the ledger and not stored here. */
public record User(long uid, String username, String fname, String lname, String email, String affiliation, Instant created) {
    static final String COLUMNS = "uid, username, fname, lname, email, affiliation, created";

    static User of(Row row) throws SQLException {
        return new User(row.number("uid"), row.text("username"), row.text("fname"), row.text("lname"), row.text("email"), row.text("affiliation"),
                row.time("created"));
    }
}
