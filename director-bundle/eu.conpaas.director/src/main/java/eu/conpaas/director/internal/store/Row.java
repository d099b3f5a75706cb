package eu.conpaas.director.internal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** The present row of a result, read in the types the director stores. */
public final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    public String text(String column) throws SQLException {
        return result.getString(column);
    }

    public String text(int column) throws SQLException {
        return result.getString(column);
    }

    public long number(String column) throws SQLException {
        return result.getLong(column);
    }

    public long number(int column) throws SQLException {
        return result.getLong(column);
    }

    public int integer(String column) throws SQLException {
        return result.getInt(column);
    }

    public double real(String column) throws SQLException {
        return result.getDouble(column);
    }

    public boolean flag(String column) throws SQLException {
        return result.getInt(column) != 0;
    }

    public Instant time(String column) throws SQLException {
        long millis = result.getLong(column);
        return result.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    public <E extends Enum<E>> E word(String column, Class<E> type) throws SQLException {
        String text = result.getString(column);
        return text == null ? null : Enum.valueOf(type, text);
    }

    public <T> T json(String column, Class<T> type) throws SQLException {
        String text = result.getString(column);
        return text == null ? null : Docs.read(text, type);
    }
}
