package eu.conpaas.director.internal.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Brings the schema up to date: scripts {@code V1__…}, {@code V2__…} in order, each in a transaction of its own and only once. */
final class Migrations {
    /** All scripts, in order; a released one is never changed. */
    static final List<String> SCRIPTS = List.of("V1__base.sql", "V2__git.sql", "V3__jobs.sql", "V4__request.sql", "V5__export.sql", "V6__downloads.sql",
            "V7__roles.sql", "V8__addresses.sql");

    private Migrations() {
    }

    static void run(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, script TEXT NOT NULL, time INTEGER NOT NULL)");
            int present = present(statement);
            if (present > SCRIPTS.size()) {
                throw new StoreException("the database was made by a newer release (schema " + present + ", this one knows " + SCRIPTS.size()
                        + "): use that release");
            }
            for (int version = present + 1; version <= SCRIPTS.size(); version++) {
                apply(statement, version, SCRIPTS.get(version - 1));
            }
        } catch (SQLException e) {
            throw new StoreException("migrate", e);
        }
    }

    private static int present(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT coalesce(max(version), 0) FROM schema_version")) {
            return result.next() ? result.getInt(1) : 0;
        }
    }

    private static void apply(Statement statement, int version, String script) throws SQLException {
        statement.execute("BEGIN IMMEDIATE");
        try {
            for (String command : commands(read(script))) {
                statement.execute(command);
            }
            statement.execute("INSERT INTO schema_version VALUES (" + version + ", '" + script + "', unixepoch() * 1000)");
            statement.execute("COMMIT");
        } catch (SQLException e) {
            statement.execute("ROLLBACK");
            throw e;
        }
    }

    /** Commands end with a semicolon at the end of a line, outside of a trigger's {@code BEGIN … END}. */
    static List<String> commands(String script) {
        List<String> commands = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        for (String line : script.lines().toList()) {
            command.append(line).append('\n');
            boolean open = command.indexOf(" BEGIN ") >= 0 && !line.endsWith("END;");
            if (line.endsWith(";") && !open) {
                commands.add(command.toString());
                command.setLength(0);
            }
        }
        return commands;
    }

    private static String read(String script) {
        try (InputStream in = Migrations.class.getResourceAsStream(script)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
