package eu.conpaas.cli.internal.grammar;

import java.util.List;

/**
 * An option.
 *
 * @param key   by which a command asks for it
 * @param names as typed
 * @param label of its value, or null for a switch
 * @param help  one sentence
 */
public record Opt(String key, List<String> names, String label, String help) {
    public static Opt of(String names, String label, String help) {
        List<String> all = List.of(names.split(" "));
        return new Opt(all.getLast().replaceFirst("^-+", ""), all, label, help);
    }

    public boolean isSwitch() {
        return label == null;
    }

    /** As it stands in a list of options. */
    public String label(String separator) {
        return String.join(separator, names) + (label == null ? "" : " " + label);
    }
}
