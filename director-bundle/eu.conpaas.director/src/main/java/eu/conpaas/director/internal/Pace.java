package eu.conpaas.director.internal;

import java.time.Duration;

/**
 * How often the director looks by itself.
 *
 * @param detect for nodes that have fallen silent
 * @param keep   for services that are not as they should be
 * @param meter  for hours to charge
 * @param sweep  for what clouds hold that no row claims
 * @param tidy   for content nobody refers to, certificates that have expired, memory not in use
 */
record Pace(Duration detect, Duration keep, Duration meter, Duration sweep, Duration tidy) {
    static final Pace NORMAL = new Pace(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofMinutes(10));
}
