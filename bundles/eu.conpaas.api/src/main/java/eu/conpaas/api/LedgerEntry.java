package eu.conpaas.api;

import java.time.Instant;

/**
 * A line of the ledger ({@code GET /ledger}), newest first.
 *
 * @param kind   {@code GRANT}, {@code HOLD}, {@code RELEASE}, {@code CHARGE}
 * @param node   node it is about, or null
 * @param hour   which hour of the node's life a charge is for, or null
 * @param sid    service, or 0
 * @param amount credits, negative for what is taken
 */
public record LedgerEntry(long id, Instant time, String kind, String node, Long hour, long sid, int amount, String note) {
}
