package eu.conpaas.director.internal.account;

import java.time.Instant;

/** An application: a named group of a user's services. {@code deleting}: its services are being ended, then it goes. */
public record Application(long aid, String name, long uid, Instant created, boolean deleting) {
}
