package eu.conpaas.api;

import java.time.Instant;

/** A user as shown to itself; the field names of 1.3.1, without the password's hash. {@code credit} is what is free to spend. */
public record UserView(long uid, String username, String fname, String lname, String email, String affiliation, long credit, Instant created) {
}
