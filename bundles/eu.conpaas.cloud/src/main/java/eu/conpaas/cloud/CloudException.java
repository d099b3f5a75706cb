package eu.conpaas.cloud;

/** A failure of a cloud, typed by what the caller should do. */
public class CloudException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What to do about a failure. */
    public enum Kind {
        /** No room: another zone or cloud, or later. */
        CAPACITY,
        /** The account's limit: tell the user. */
        QUOTA,
        /** Credentials or rights: stop and tell the administrator. */
        AUTH,
        /** Too many calls: wait and repeat. */
        THROTTLED,
        /** No such thing. */
        NOT_FOUND,
        /** The call or configuration is wrong: repeating is no use. */
        BAD_REQUEST,
        /** No or no clear answer; the outcome is unknown: look up by token before doing anything. */
        UNREACHABLE
    }

    private final Kind kind;

    public CloudException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public CloudException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
