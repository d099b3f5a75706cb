package eu.conpaas.director.internal.service;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Environment variables whose values are not for everybody, known by their names. */
public final class SecretNames {
    /** What is shown in place of a value. */
    private static final String HIDDEN = "•••";
    private static final Pattern SECRET = Pattern.compile("(?i).*(pass|pwd|secret|token|key|credential|salt).*");

    private SecretNames() {
    }

    /** Whether a variable of this name looks as if its value were a secret. */
    public static boolean matches(String name) {
        return SECRET.matcher(name).matches();
    }

    /** The variables without such values. */
    public static Map<String, String> hidden(Map<String, String> variables) {
        Map<String, String> shown = new TreeMap<>(variables);
        shown.replaceAll((name, value) -> matches(name) ? HIDDEN : value);
        return shown;
    }
}
