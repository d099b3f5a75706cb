package eu.conpaas.api;

import java.time.Instant;

/**
 * A user as administrators see it ({@code GET /users}).
 *
 * @param user           who it is, with the credits free to spend
 * @param disabled       since when it may not sign in, or null
 * @param reason         why, or null
 * @param held           credits held for nodes that are not ready yet
 * @param creditsPerHour what all its nodes cost an hour
 * @param applications   how many it owns
 * @param services       how many are in them
 * @param nodes          how many nodes these have
 */
public record UserAccount(UserView user, Instant disabled, String reason, long held, long creditsPerHour, int applications, int services, int nodes) {
}
