package eu.conpaas.rpc;

import java.time.Duration;

/**
 * A result sent as server-sent events until the client goes, the server closes or the source ends.
 *
 * @param source where the events come from
 */
public record EventStream(Source source) {
    /** An event; {@code id} may be null. {@code data} is written as JSON on one line. */
    public record Item(String id, String kind, Object data) {
    }

    /** Delivers events to one client. Called from one virtual thread. */
    public interface Source extends AutoCloseable {
        /** Return this to end the stream. */
        Item END = new Item(null, "end", null);

        /**
         * Waits for the next event.
         *
         * @return the event; null if none came in this time (the client is then sent a comment, which shows whether it is there)
         */
        Item next(Duration atMost) throws InterruptedException;

        /** The client has gone, or the stream ended. */
        @Override
        void close();
    }
}
