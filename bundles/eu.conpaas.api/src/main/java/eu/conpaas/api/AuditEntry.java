package eu.conpaas.api;

import java.time.Instant;

/**
 * Who did what ({@code GET /audit}), newest first.
 *
 * @param id      grows; lists are continued with {@code before}
 * @param time    when
 * @param uid     whose matter it was: the owner of what was changed
 * @param actor   name of who did it
 * @param action  what
 * @param target  to what
 * @param outcome {@code ok} or an {@link ErrorCode}
 * @param aid     application, or 0
 */
public record AuditEntry(long id, Instant time, long uid, String actor, String action, String target, String outcome, long aid) {
}
