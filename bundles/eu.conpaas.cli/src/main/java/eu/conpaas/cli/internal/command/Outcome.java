package eu.conpaas.cli.internal.command;

import eu.conpaas.api.ApiException;
import eu.conpaas.cli.internal.Exit;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.rpc.Json;
import eu.conpaas.cli.internal.io.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Ways in which results are printed. */
final class Outcome {
    private Outcome() {
    }

    /** Runs it and prints {@code done.} or {@code failed.} after the announcement; as JSON its result. */
    static int doneOrFailed(Call call, String announcement, Supplier<?> work) {
        boolean text = !call.options().json();
        if (text) {
            call.terminal().out().print(announcement.isEmpty() ? "" : announcement + " ");
            call.terminal().out().flush();
        }
        Object result;
        try {
            result = work.get();
        } catch (ApiException e) {
            if (text) {
                call.print("failed.");
            }
            throw e;
        }
        if (text) {
            call.print("done.");
        } else {
            json(call, result);
        }
        return Exit.OK;
    }

    /** Prints rows as a table, or a line if there are none; as JSON the values behind them. */
    static int table(Call call, Object json, List<String> columns, List<? extends Map<String, ?>> rows, String none) {
        if (call.options().json()) {
            return json(call, json);
        }
        if (rows.isEmpty()) {
            call.print(none);
        } else {
            call.terminal().out().print(Table.of(columns, rows));
        }
        return Exit.OK;
    }

    /** Prints one item a line, or all as a JSON list. */
    static int lines(Call call, List<?> items) {
        if (call.options().json()) {
            return json(call, items);
        }
        items.forEach(item -> call.print(item.toString()));
        return Exit.OK;
    }

    /** Prints a line of text, or JSON. */
    static int message(Call call, String text, Object json) {
        if (call.options().json()) {
            return json(call, json);
        }
        call.print(text);
        return Exit.OK;
    }

    static int json(Call call, Object value) {
        call.print(Json.pretty(value));
        return Exit.OK;
    }

    /** A row of a table or a JSON object: names and values in turn. */
    static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }
}
