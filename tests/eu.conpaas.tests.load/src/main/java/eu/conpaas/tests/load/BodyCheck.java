package eu.conpaas.tests.load;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the body of an answer must be. */
@FunctionalInterface
public interface BodyCheck {
    /** The complaint, or null if the body is as it should be. */
    String complaint(byte[] body);

    /** Anything will do. */
    BodyCheck ANY = body -> null;

    /** The text ends in a marker, which a page writes last. */
    static BodyCheck endsWith(String marker) {
        return body -> text(body).stripTrailing().endsWith(marker) ? null : "no end marker, body ends in: " + tail(text(body));
    }

    /** All {@code version=X} in the text name the same version and there are at least {@code times}; ends in the marker too. */
    static BodyCheck oneVersion(int times, String marker) {
        Pattern version = Pattern.compile("version=([A-Za-z0-9.]+)");
        return body -> {
            Set<String> seen = new TreeSet<>();
            int count = 0;
            for (Matcher m = version.matcher(text(body)); m.find(); count++) {
                seen.add(m.group(1));
            }
            if (seen.size() != 1 || count < times) {
                return "versions " + seen + " in " + count + " places";
            }
            return endsWith(marker).complaint(body);
        };
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 80)).replace('\n', ' ');
    }
}
