package eu.conpaas.api;

/** An application, as 1.3.1 lists it. */
public record ApplicationView(long aid, String name) {
}
