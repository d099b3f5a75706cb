package eu.conpaas.cli.internal.grammar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Options every command takes; they may stand before it or after it. */
public record Options(Map<String, String> values) {
    /** All global options. */
    public static final List<Opt> ALL = List.of(
            Opt.of("--json", null, "Print the result as JSON."),
            Opt.of("--plan", null, "Show what a change would do and cost; do nothing."),
            Opt.of("-y --yes", null, "Answer yes to every question."),
            Opt.of("--wait", null, "Wait until the change is done, showing its progress."),
            Opt.of("--no-wait", null, "Return as soon as the change is accepted."),
            Opt.of("--director_url --director", "URL", "Use this director instead of the saved one."),
            Opt.of("--config-dir", "DIR", "Use this folder instead of $CONPAAS_HOME or ~/.conpaas."),
            Opt.of("-d --debug", null, "Show where an error came from."),
            Opt.of("-h --help", null, "Show the usage of a command."));

    public Options {
        values = Map.copyOf(values);
    }

    /** These options with others over them. */
    public Options with(Map<String, String> more) {
        Map<String, String> merged = new HashMap<>(values);
        if (more.containsKey("wait")) {
            merged.remove("no-wait");
        }
        if (more.containsKey("no-wait")) {
            merged.remove("wait");
        }
        merged.putAll(more);
        return new Options(merged);
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public boolean json() {
        return has("json");
    }

    public boolean plan() {
        return has("plan");
    }

    public boolean yes() {
        return has("yes");
    }

    public boolean debug() {
        return has("debug");
    }

    public boolean help() {
        return has("help");
    }

    /** The value of an option, or null. */
    public String value(String key) {
        return values.get(key);
    }
}
