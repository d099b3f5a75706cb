package eu.conpaas.tests.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The figures, each a median, beside the yardstick's and the target. */
final class Table {
    private final List<String> rows = new ArrayList<>();
    private int missed;

    /** Median; of an even number the lower of the two in the middle. */
    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((sorted.size() - 1) / 2);
    }

    /**
     * Adds a figure.
     *
     * @param ours   all values measured
     * @param bare   the yardstick's, empty if there is none
     * @param unit   of both
     * @param target in words
     * @param limit  most (or, if {@code atLeast}, least) that the median may be
     */
    void add(String what, List<Double> ours, List<Double> bare, String unit, String target, double limit, boolean atLeast) {
        double value = median(ours);
        boolean met = atLeast ? value >= limit : value <= limit;
        missed += met ? 0 : 1;
        String row = String.format(Locale.ROOT, "| %-44s | %9.2f %-4s | %14s | %-28s | %-6s | %s |", what, value, unit,
                bare.isEmpty() ? "" : String.format(Locale.ROOT, "%.2f %s", median(bare), unit), target, met ? "met" : "MISSED", range(ours));
        rows.add(row);
        System.out.println(row);
    }

    int missed() {
        return missed;
    }

    @Override
    public String toString() {
        return String.format("| %-44s | %-14s | %-14s | %-28s | %-6s | %s |%n|---|---|---|---|---|---|%n", "figure (median of 5)", "ConPaaS", "bare script",
                "target", "", "all values") + String.join("\n", rows);
    }

    private static String range(List<Double> values) {
        return String.join(" ", values.stream().map(v -> String.format(Locale.ROOT, "%.2f", v)).toList());
    }
}
