package eu.conpaas.tests.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures by named phase and kind of request. */
public final class Recorder {
    private final Map<String, Map<String, Figures>> phases = new LinkedHashMap<>();
    private String phase = "start";

    /** Requests due from now on count to this phase; a phase may be entered several times. */
    public synchronized void phase(String name) {
        phase = name;
    }

    synchronized Figures now(String shape) {
        return phases.computeIfAbsent(phase, p -> new LinkedHashMap<>()).computeIfAbsent(shape, s -> new Figures());
    }

    /** All of a phase; empty figures for one that had no requests. */
    public synchronized Figures of(String name) {
        Figures sum = new Figures();
        phases.getOrDefault(name, Map.of()).values().forEach(sum::addAll);
        return sum;
    }

    /** All of a kind of request. */
    public synchronized Figures ofShape(String shape) {
        Figures sum = new Figures();
        phases.values().forEach(p -> {
            if (p.containsKey(shape)) {
                sum.addAll(p.get(shape));
            }
        });
        return sum;
    }

    /** All there is. */
    public synchronized Figures total() {
        Figures sum = new Figures();
        phases.values().forEach(p -> p.values().forEach(sum::addAll));
        return sum;
    }

    /** A table of phases and kinds, with the first failures under each. */
    public synchronized String table() {
        List<String> lines = new ArrayList<>();
        phases.forEach((name, shapes) -> {
            lines.add(name);
            shapes.forEach((shape, figures) -> {
                lines.add(String.format("  %-18s %s", shape, figures));
                figures.details().forEach(d -> lines.add("      " + d));
            });
        });
        lines.add(String.format("%-20s %s", "total", total()));
        return String.join("\n", lines);
    }
}
