package eu.conpaas.director.internal.fetch;

import java.time.Duration;

/**
 * What users may have the director fetch.
 *
 * @param addresses from where
 * @param limit     most bytes of one file
 * @param timeout   most time for one file
 */
public record FetchRules(AddressRules addresses, long limit, Duration timeout) {
}
