package eu.conpaas.cli.internal.io;

import java.util.List;
import java.util.Map;

/** Rows as 1.3.1 printed them: columns padded to the widest cell, one blank between, a header line, a dashed line, then the rows. */
public final class Table {
    private Table() {
    }

    /** The text of a table, each line ended. Absent cells are empty. */
    public static String of(List<String> columns, List<? extends Map<String, ?>> rows) {
        int[] widths = columns.stream().mapToInt(String::length).toArray();
        for (Map<String, ?> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], text(row.get(columns.get(i))).length());
            }
        }
        StringBuilder lines = new StringBuilder();
        line(lines, columns, widths);
        lines.append("-".repeat(lines.length() - 1)).append('\n');
        for (Map<String, ?> row : rows) {
            line(lines, columns.stream().map(c -> text(row.get(c))).toList(), widths);
        }
        return lines.toString();
    }

    private static void line(StringBuilder lines, List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            lines.append(i == 0 ? "" : " ").append(cells.get(i)).repeat(' ', widths[i] - cells.get(i).length());
        }
        lines.append('\n');
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "";
            case Double d when d == Math.rint(d) && Math.abs(d) < 1e15 -> Long.toString(d.longValue());
            default -> value.toString();
        };
    }
}
