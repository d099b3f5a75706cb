package eu.conpaas.api;

import java.time.Instant;

/** Who did what ({@code GET /audit}), newest first. {@code outcome} is {@code ok} or an {@link ErrorCode}. */
public record AuditEntry(long id, Instant time, long uid, String actor, String action, String target, String outcome) {
}
