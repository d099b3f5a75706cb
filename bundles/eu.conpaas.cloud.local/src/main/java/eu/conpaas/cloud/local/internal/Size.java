package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.CloudException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of the machine a node may use.
 *
 * @param name   name in requests
 * @param memory bytes
 * @param cpus   processors, may be a fraction
 */
record Size(String name, long memory, double cpus) {
    /** Small enough for a laptop; {@code medium} is what a node gets that asks for nothing. */
    static final String DEFAULTS = "small=512M/1 medium=1G/2 large=2G/4";

    private static final Pattern FORM = Pattern.compile("([a-z0-9][a-z0-9._-]{0,31})=([1-9][0-9]{0,6})([MG])/([0-9]{1,3}(?:\\.[0-9]{1,2})?)(?:cpu)?");

    /** Reads {@code name=512M/1 name=2G/4}. */
    static Map<String, Size> parse(String text) {
        Map<String, Size> sizes = new LinkedHashMap<>();
        for (String word : text.strip().split("[\\s,]+")) {
            Matcher m = FORM.matcher(word);
            if (!m.matches() || Double.parseDouble(m.group(4)) <= 0) {
                throw new CloudException(CloudException.Kind.BAD_REQUEST,
                        "SIZES: '" + word + "' is not of the form name=512M/1 (memory in M or G, then processors)");
            }
            long memory = Long.parseLong(m.group(2)) << ("G".equals(m.group(3)) ? 30 : 20);
            sizes.put(m.group(1), new Size(m.group(1), memory, Double.parseDouble(m.group(4))));
        }
        return sizes;
    }
}
