package eu.conpaas.api;

/** An {@link ApiError} on its way to the caller. */
public class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient ApiError error;

    public ApiException(ApiError error) {
        super(error.cause());
        this.error = error;
    }

    public ApiException(ErrorCode code, String cause, String next) {
        this(new ApiError(code, cause, next));
    }

    public ApiException(ErrorCode code, String cause, String next, Throwable reason) {
        this(code, cause, next);
        initCause(reason);
    }

    public ApiError error() {
        return error;
    }
}
