package eu.conpaas.api;

import java.time.Instant;

/** A line of a service's history, oldest first. */
public record StateChange(Instant time, ServiceState state, String reason) {
}
