package eu.conpaas.service.mysql.internal.engine;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import java.util.Arrays;
import java.util.Set;

/** The SQL modes there are. A server whose option file names another one does not start, so none gets there. */
public final class SqlModes {
    private static final Set<String> KNOWN = Set.of("REAL_AS_FLOAT", "PIPES_AS_CONCAT", "ANSI_QUOTES", "IGNORE_SPACE", "IGNORE_BAD_TABLE_OPTIONS", "ONLY_FULL_GROUP_BY",
            "NO_UNSIGNED_SUBTRACTION", "NO_DIR_IN_CREATE", "POSTGRESQL", "ORACLE", "MSSQL", "DB2", "MAXDB", "NO_KEY_OPTIONS", "NO_TABLE_OPTIONS", "NO_FIELD_OPTIONS",
            "MYSQL323", "MYSQL40", "ANSI", "NO_AUTO_VALUE_ON_ZERO", "NO_BACKSLASH_ESCAPES", "STRICT_TRANS_TABLES", "STRICT_ALL_TABLES", "NO_ZERO_IN_DATE", "NO_ZERO_DATE",
            "ALLOW_INVALID_DATES", "ERROR_FOR_DIVISION_BY_ZERO", "TRADITIONAL", "NO_AUTO_CREATE_USER", "HIGH_NOT_PRECEDENCE", "NO_ENGINE_SUBSTITUTION",
            "PAD_CHAR_TO_FULL_LENGTH", "EMPTY_STRING_IS_NULL", "SIMULTANEOUS_ASSIGNMENT", "TIME_ROUND_FRACTIONAL");

    private SqlModes() {
    }

    /** @throws ApiException INVALID_ARGUMENT naming the first that is none */
    public static void check(String modes) {
        Arrays.stream(modes.split(",")).filter(m -> !m.isEmpty() && !KNOWN.contains(m)).findFirst().ifPresent(unknown -> {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:" + Setting.SQL_MODE.id() + ": there is no SQL mode '" + unknown + "'.",
                    "Give modes of MariaDB in capital letters, separated by commas.");
        });
    }
}
