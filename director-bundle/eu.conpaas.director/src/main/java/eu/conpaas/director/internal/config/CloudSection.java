package eu.conpaas.director.internal.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One configured cloud.
 *
 * @param name    {@code default}, or the section's name
 * @param driver  value of DRIVER, lower case
 * @param options all keys of the section, upper case
 * @param lines   line of each of them in {@code director.cfg}
 */
public record CloudSection(String name, String driver, Map<String, String> options, Map<String, Integer> lines) {
    /** Name of the cloud of section {@code [iaas]}. */
    public static final String DEFAULT = "default";
    private static final Pattern KEY = Pattern.compile("([A-Z_]+)[:,].*", Pattern.DOTALL);

    public CloudSection {
        options = Map.copyOf(options);
        lines = Map.copyOf(lines);
    }

    /** Line of DRIVER; 0 if it is missing. */
    public int line() {
        return lines.getOrDefault("DRIVER", 0);
    }

    /** A driver's complaint about a key, which begins with the key, with the line at which it stands. */
    public String located(String complaint) {
        Matcher key = KEY.matcher(complaint);
        Integer line = key.matches() ? lines.get(key.group(1)) : null;
        return line == null ? complaint : "director.cfg:" + line + ": " + complaint;
    }
}
