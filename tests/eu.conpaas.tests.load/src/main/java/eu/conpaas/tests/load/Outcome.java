package eu.conpaas.tests.load;

/** How a request ended; everything but {@link #OK} is a failure. */
public enum Outcome {
    /** 2xx, whole, with the content that was expected. */
    OK,
    /** The connection could not be opened. */
    REFUSED,
    /** An answer with a status other than 2xx. */
    STATUS,
    /** The connection was closed or reset after the request was sent and before the first byte of an answer. */
    RESET,
    /** An answer began and ended early. */
    CUT,
    /** A whole answer without the marker, or with pieces of two versions. */
    WRONG,
    /** No whole answer in time. */
    TIMEOUT,
    /** Not sent, because too many requests were under way: the client's limit, a sign of a stalled server. */
    OVERRUN
}
