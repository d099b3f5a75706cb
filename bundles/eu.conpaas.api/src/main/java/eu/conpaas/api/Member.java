package eu.conpaas.api;

import java.time.Instant;

/**
 * A user of an application ({@code GET /applications/<aid>/members}), the owner first.
 *
 * @param uid      user
 * @param username its name
 * @param role     what it may do
 * @param since    when it came to that
 * @param by       who made it so
 */
public record Member(long uid, String username, MemberRole role, Instant since, String by) {
}
