package eu.conpaas.api;

/** Why a call was refused; each code has one HTTP status on the new paths (the 1.3.1 paths answer 200). */
public enum ErrorCode {
    BAD_REQUEST(400), MISSING_ARGUMENT(400), UNEXPECTED_ARGUMENT(400), INVALID_ARGUMENT(400), BAD_ARCHIVE(400),
    NOT_AUTHENTICATED(401), NOT_ENOUGH_CREDITS(402), FORBIDDEN(403), NOT_FOUND(404), METHOD_NOT_ALLOWED(405),
    CONFLICT(409), WRONG_STATE(409), TOO_LATE(409), STALE_EPOCH(409), TOO_LARGE(413), UNSUPPORTED_TYPE(415),
    TOO_MANY_REQUESTS(429), CONFIRMATION_NEEDED(428),
    /** An engine or a step of an operation failed. */
    STEP_FAILED(500), INTERNAL(500),
    /** The cloud refused or failed; {@link ApiError#cause()} says which way. */
    CLOUD(502),
    /** Not reachable now; the same call may work later. */
    UNAVAILABLE(503), TIMEOUT(504);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** HTTP status on paths that 1.3.1 did not have. */
    public int status() {
        return status;
    }

    /** Whether repeating the same call later can succeed. */
    public boolean isRetryable() {
        return this == UNAVAILABLE || this == TIMEOUT || this == TOO_MANY_REQUESTS;
    }
}
