package eu.conpaas.service.mysql.internal.engine;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * SQL on the node's own server, as its administrator: by MariaDB's client program over the unix socket, where the system user is proof enough, so
 * that no node holds a password. Statements reach the program by its standard input, never as arguments. Thread-safe.
 */
public final class Sql {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private final Path socket;
    private final Duration deadline;

    public Sql(Path socket) {
        this(socket, DEADLINE);
    }

    private Sql(Path socket, Duration deadline) {
        this.socket = socket;
        this.deadline = deadline;
    }

    /** The same with another limit for each call. */
    public Sql within(Duration time) {
        return new Sql(socket, time);
    }

    /** Runs statements one after the other until one fails. @throws ApiException STEP_FAILED with the server's words, TIMEOUT, UNAVAILABLE */
    public void run(String... statements) {
        run(List.of(statements));
    }

    /** See {@link #run(String...)}. */
    public void run(List<String> statements) {
        if (!statements.isEmpty()) {
            text(String.join(";\n", statements) + ";\n");
        }
    }

    /**
     * The result of one query: each row by column name, in order. SQL's NULL is null, and so is the text {@code NULL}, which the client's output does
     * not tell apart.
     */
    public List<Map<String, String>> query(String statement) {
        return rows(text(statement + ";\n"));
    }

    /** The first row of a query, empty if there is none. */
    public Map<String, String> row(String statement) {
        return query(statement).stream().findFirst().orElse(Map.of());
    }

    /** The first column of the first row, or null. */
    public String value(String statement) {
        return row(statement).values().stream().findFirst().orElse(null);
    }

    /**
     * The rows of a query whose columns are all names: exactly, whatever characters are in them.
     *
     * @param statement whose columns have names of their own
     */
    public List<List<String>> names(String statement) {
        List<String> columns = List.of(statement.substring("SELECT ".length(), statement.indexOf(" FROM ")).replace("DISTINCT ", "").split(", "));
        String hex = columns.stream().map(c -> "HEX(" + c + ") AS " + c).collect(Collectors.joining(", "));
        return query("SELECT " + hex + " FROM (" + statement + ") AS named").stream()
                .map(row -> columns.stream().map(c -> new String(HexFormat.of().parseHex(row.get(c)), StandardCharsets.UTF_8)).toList()).toList();
    }

    /** Values of status variables whose name matches a LIKE pattern, by name. */
    public Map<String, String> status(String pattern) {
        Map<String, String> values = new LinkedHashMap<>();
        query("SHOW GLOBAL STATUS LIKE " + literal(pattern)).forEach(r -> values.put(r.get("Variable_name"), r.get("Value")));
        return values;
    }

    /** Whether the server answers a query. */
    public boolean answers() {
        try {
            return "1".equals(within(Duration.ofSeconds(5)).value("SELECT 1"));
        } catch (ApiException e) {
            return false;
        }
    }

    private String text(String statements) {
        List<String> command = new ArrayList<>(client(socket));
        command.add("--batch");
        try {
            return new Program(command).input(statements).within(deadline).text();
        } catch (ProgramException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "The database server cannot be asked: " + e.getMessage(), "See the node's log.", e);
        }
    }

    private static ApiException failed(ProgramException e) {
        boolean away = e.output().contains("ERROR 2002") || e.output().contains("ERROR 2006") || e.output().contains("ERROR 2013");
        return new ApiException(away ? ErrorCode.UNAVAILABLE : ErrorCode.STEP_FAILED, "The database server " + (away ? "does not answer: " : "refused: ")
                + e.output().strip(), away ? "Try again in a moment." : "See the server's log on the node.", e);
    }

    /** The client program with the options that every call of it needs. */
    public static List<String> client(Path socket) {
        return List.of(ServerPlace.program("mariadb"), "--no-defaults", "--protocol=socket", "--socket=" + socket, "--user=" + ServerPlace.account(),
                "--connect-timeout=5", "--default-character-set=utf8mb4", "--skip-reconnect", "--max-allowed-packet=1G");
    }

    private static List<Map<String, String>> rows(String output) {
        List<Map<String, String>> rows = new ArrayList<>();
        String[] names = null;
        for (String line : new java.io.BufferedReader(new StringReader(output)).lines().toList()) {
            String[] cells = line.split("\t", -1);
            if (names == null) {
                names = cells;
                continue;
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < names.length && i < cells.length; i++) {
                row.put(names[i], cells[i].equals("NULL") ? null : plain(cells[i]));
            }
            rows.add(row);
        }
        return rows;
    }

    private static String plain(String cell) {
        if (cell.indexOf('\\') < 0) {
            return cell;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '\\' && i + 1 < cell.length()) {
                c = switch (cell.charAt(++i)) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case '0' -> '\0';
                    default -> cell.charAt(i);
                };
            }
            text.append(c);
        }
        return text.toString();
    }

    /** A text as a literal of SQL that means the same in every SQL mode and character set: by its bytes. */
    public static String literal(String text) {
        if (text.matches("[A-Za-z0-9_.,:/@*% -]*")) {
            return "'" + text + "'";
        }
        return "CONVERT(X'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "' USING utf8mb4)";
    }

    /** A text as the quoted name of a table, a database or the like. */
    public static String name(String text) {
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("no name for a thing in a database: '" + text + "'");
        }
        return "`" + text.replace("`", "``") + "`";
    }
}
