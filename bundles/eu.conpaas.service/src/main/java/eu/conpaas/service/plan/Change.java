package eu.conpaas.service.plan;

import eu.conpaas.api.DesiredState;

/**
 * What a request means.
 *
 * @param kind   of the operation: start, stop, scale, activate, settings, or the service's own word
 * @param wanted state after it; counts are final, the placement is not yet worked out
 */
public record Change(String kind, DesiredState wanted) {
}
