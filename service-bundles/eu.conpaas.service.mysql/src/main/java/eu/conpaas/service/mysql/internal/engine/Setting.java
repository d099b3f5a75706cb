package eu.conpaas.service.mysql.internal.engine;

import java.util.Map;
import java.util.function.UnaryOperator;

/** The service's settings that are the server's, and what each is in the server. All of them can be changed while it runs. */
public enum Setting {
    /** Memory for pages of tables. */
    BUFFER_POOL("buffer_pool", "64M", "innodb_buffer_pool_size", Setting::bytes),
    /** Connections at the same time. */
    MAX_CONNECTIONS("max_connections", "80", "max_connections", v -> v),
    /** How strictly the server reads SQL. */
    SQL_MODE("sql_mode", "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION", "sql_mode", v -> v),
    /** Seconds from which a query is logged as slow. */
    SLOW_QUERY_TIME("slow_query_time", "2", "long_query_time", v -> v),
    /** Whether clients must use TLS. */
    REQUIRE_TLS("require_tls", "Off", "require_secure_transport", v -> v.equalsIgnoreCase("On") ? "1" : "0");

    private final String id;
    private final String fallback;
    private final String variable;
    private final UnaryOperator<String> value;

    Setting(String id, String fallback, String variable, UnaryOperator<String> value) {
        this.id = id;
        this.fallback = fallback;
        this.variable = variable;
        this.value = value;
    }

    /** As the descriptor names it. */
    public String id() {
        return id;
    }

    /** Value of a service whose user has set none; the same as in the descriptor. */
    public String fallback() {
        return fallback;
    }

    /** The server's variable. */
    public String variable() {
        return variable;
    }

    /** The variable's value for these settings. */
    public String valueIn(Map<String, String> settings) {
        return value.apply(settings.getOrDefault(id, fallback).strip());
    }

    /** {@code 64M} as a number of bytes, which is the only form {@code SET GLOBAL} takes. */
    private static String bytes(String size) {
        int shift = switch (Character.toUpperCase(size.charAt(size.length() - 1))) {
            case 'K' -> 10;
            case 'M' -> 20;
            case 'G' -> 30;
            default -> 0;
        };
        String digits = shift == 0 ? size : size.substring(0, size.length() - 1);
        return Long.toString(Math.multiplyExact(Long.parseLong(digits), 1L << shift));
    }
}
