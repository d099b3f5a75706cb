package eu.conpaas.director.internal.store;

import java.sql.SQLException;

/** The database refused or failed. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(String what, Exception cause) {
        super(what + ": " + cause.getMessage(), cause);
    }

    StoreException(String what) {
        super(what);
    }

    /** Whether a unique index or another rule of the schema was broken. */
    public boolean isConstraint() {
        // SQLITE_CONSTRAINT, see https://www.sqlite.org/rescode.html
        return getCause() instanceof SQLException e && (e.getErrorCode() & 0xff) == 19;
    }
}
