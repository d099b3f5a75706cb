package eu.conpaas.director.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One transaction on one connection. Not for use outside the call it was given to. */
public final class Session {
    private final Connection connection;
    private final List<Runnable> afterCommit = new ArrayList<>();

    Session(Connection connection) {
        this.connection = connection;
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    public interface RowMapper<T> {
        T map(Row row) throws SQLException;
    }

    public <T> List<T> list(String sql, RowMapper<T> mapper, Object... args) {
        try (PreparedStatement statement = prepare(sql, args); ResultSet result = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            Row row = new Row(result);
            while (result.next()) {
                found.add(mapper.map(row));
            }
            return found;
        } catch (SQLException e) {
            throw new StoreException(sql, e);
        }
    }

    public <T> Optional<T> one(String sql, RowMapper<T> mapper, Object... args) {
        List<T> found = list(sql, mapper, args);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /** First column of the first row, 0 if there is none. */
    public long number(String sql, Object... args) {
        return one(sql, r -> r.number(1), args).orElse(0L);
    }

    /** Runs a changing statement and says how many rows it changed. */
    public int run(String sql, Object... args) {
        try (PreparedStatement statement = prepare(sql, args)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(sql, e);
        }
    }

    /** Inserts one row and gives its row id. */
    public long insert(String sql, Object... args) {
        run(sql, args);
        return number("SELECT last_insert_rowid()");
    }

    /** Something to do once this transaction is on disk; never if it is rolled back. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    List<Runnable> afterCommit() {
        return afterCommit;
    }

    private PreparedStatement prepare(String sql, Object... args) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < args.length; i++) {
            statement.setObject(i + 1, switch (args[i]) {
                case null -> null;
                case Instant t -> (Object) t.toEpochMilli();
                case Enum<?> e -> e.name();
                case Boolean b -> b ? 1 : 0;
                case Object other -> other;
            });
        }
        return statement;
    }
}
