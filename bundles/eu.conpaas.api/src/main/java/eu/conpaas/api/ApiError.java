package eu.conpaas.api;

import java.util.Objects;

/**
 * An error a person can act on.
 *
 * @param code  what kind
 * @param cause one sentence: what happened and why, with the names and numbers involved
 * @param next  one sentence: what to do next
 */
public record ApiError(ErrorCode code, String cause, String next) {
    /** What clients of 1.3.1 know an argument that is refused by. */
    private static final String REFUSED = "Invalid arguments DETAIL:";

    public ApiError {
        Objects.requireNonNull(code);
        cause = Objects.requireNonNullElse(cause, code.name());
        next = Objects.requireNonNullElse(next, "");
    }

    /** The cause as people read it. */
    public String words() {
        return cause.startsWith(REFUSED) ? "Invalid argument: " + cause.substring(REFUSED.length()) : cause;
    }
}
