package eu.conpaas.rpc;

import eu.conpaas.api.ApiError;

/** Takes the events of a stream, on the thread that reads it. */
@FunctionalInterface
public interface SseListener {
    void event(SseEvent event);

    /** The stream is there (again). */
    default void connected() {
    }

    /** The stream broke off; it is tried again. */
    default void disconnected(ApiError why) {
    }
}
