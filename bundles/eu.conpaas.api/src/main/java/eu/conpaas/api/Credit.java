package eu.conpaas.api;

import java.time.Instant;

/**
 * A user's account ({@code GET /credit}).
 *
 * @param credit  free to spend: sum of the ledger less {@code held}
 * @param held    held for nodes that are not ready yet
 * @param perHour what all services of the user cost an hour now
 * @param emptyAt when nothing will be left at that rate, or null
 */
public record Credit(long credit, long held, long perHour, Instant emptyAt) {
}
