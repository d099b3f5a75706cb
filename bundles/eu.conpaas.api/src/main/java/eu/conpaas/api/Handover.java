package eu.conpaas.api;

import java.time.Instant;

/**
 * An application offered to somebody who is to own it and pay for it ({@code GET /handovers}).
 *
 * @param aid     application
 * @param name    its name
 * @param from    user name of its owner
 * @param to      user name of the owner to be
 * @param stay    what the present owner is to be afterwards, or null for nothing
 * @param perHour credits an hour it costs now
 * @param expires until when it can be accepted
 */
public record Handover(long aid, String name, String from, String to, MemberRole stay, long perHour, Instant expires) {
}
