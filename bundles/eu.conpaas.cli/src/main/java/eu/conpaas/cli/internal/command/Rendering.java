package eu.conpaas.cli.internal.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import eu.conpaas.api.ServiceDescriptor.CommandSpec;
import eu.conpaas.rpc.Json;
import eu.conpaas.cli.internal.io.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the answer of a service's method into the text its descriptor describes. */
public final class Rendering {
    private static final Pattern FIELD = Pattern.compile("\\$\\{([^}]+)}");

    private Rendering() {
    }

    /** The output of a command, each line ended. */
    public static String of(CommandSpec command, Map<String, ?> arguments, JsonNode answer) {
        return switch (command.form()) {
            case "message" -> line(fill(command.output(), arguments, answer));
            case "lines" -> lines(path(answer, command.output()));
            case "table" -> table(command.columns(), path(answer, command.output()));
            case "text" -> ended(text(path(answer, command.output())));
            default -> line(Json.pretty(answer));
        };
    }

    /** Replaces each {@code ${field}} by a field of the answer (dots lead into objects) or by an argument. */
    public static String fill(String template, Map<String, ?> arguments, JsonNode answer) {
        Matcher matcher = FIELD.matcher(template == null ? "" : template);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            JsonNode field = path(answer, name);
            String value = !field.isMissingNode() && !field.isNull() ? text(field) : String.valueOf(arguments.containsKey(name) ? arguments.get(name) : "");
            matcher.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(text).toString();
    }

    /** A field of an answer, by names separated by dots; the answer itself if there is no path. */
    public static JsonNode path(JsonNode answer, String path) {
        JsonNode node = answer == null ? MissingNode.getInstance() : answer;
        if (path == null || path.isEmpty()) {
            return node;
        }
        for (String name : path.split("\\.")) {
            node = node.path(name);
        }
        return node;
    }

    private static String lines(JsonNode list) {
        StringBuilder text = new StringBuilder();
        list.forEach(item -> text.append(text(item)).append('\n'));
        return text.toString();
    }

    private static String table(List<String> columns, JsonNode list) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (JsonNode item : list) {
            Map<String, String> row = new LinkedHashMap<>();
            columns.forEach(column -> row.put(column, cell(path(item, column))));
            rows.add(row);
        }
        return Table.of(columns, rows);
    }

    /** A truth is marked by a star, as the active version was in 1.3.1. */
    private static String cell(JsonNode value) {
        return value.isBoolean() ? value.asBoolean() ? "*" : "" : text(value);
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : value.isValueNode() ? value.asText() : Json.write(value);
    }

    private static String line(String text) {
        return text + "\n";
    }

    private static String ended(String text) {
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }
}
