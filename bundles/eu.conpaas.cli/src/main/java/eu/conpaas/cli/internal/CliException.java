package eu.conpaas.cli.internal;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;

/** Ends a command with an exit code, a cause and what to do next. */
public final class CliException extends ApiException {
    private static final long serialVersionUID = 1L;
    private final int exit;

    private CliException(int exit, ErrorCode code, String cause, String next) {
        super(code, cause, next);
        this.exit = exit;
    }

    /** The command line is wrong. */
    public static CliException usage(String cause, String next) {
        return new CliException(Exit.USAGE, ErrorCode.BAD_REQUEST, cause, next);
    }

    /** What the command is about does not exist or does not allow it. */
    public static CliException refused(ErrorCode code, String cause, String next) {
        return new CliException(Exit.REFUSED, code, cause, next);
    }

    /** There is no connection that can be used. */
    public static CliException noConnection(String cause, String next) {
        return new CliException(Exit.NO_CONNECTION, ErrorCode.UNAVAILABLE, cause, next);
    }

    public int exit() {
        return exit;
    }
}
