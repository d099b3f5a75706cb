package eu.conpaas.api;

import java.time.Instant;

/**
 * A user as shown to itself; the field names of 1.3.1, without the password's hash.
 *
 * @param credit what is free to spend
 * @param admin  whether it is an administrator (added field)
 */
public record UserView(long uid, String username, String fname, String lname, String email, String affiliation, long credit, Instant created, boolean admin) {
    /** One who is no administrator. */
    public UserView(long uid, String username, String fname, String lname, String email, String affiliation, long credit, Instant created) {
        this(uid, username, fname, lname, email, affiliation, credit, created, false);
    }
}
