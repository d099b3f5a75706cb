package eu.conpaas.director.internal.config;

import java.util.Map;

/**
 * One configured cloud.
 *
 * @param name    {@code default}, or the section's name
 * @param driver  value of DRIVER, lower case
 * @param options all keys of the section, upper case
 * @param line    line of DRIVER
 */
public record CloudSection(String name, String driver, Map<String, String> options, int line) {
    /** Name of the cloud of section {@code [iaas]}. */
    public static final String DEFAULT = "default";

    public CloudSection {
        options = Map.copyOf(options);
    }
}
