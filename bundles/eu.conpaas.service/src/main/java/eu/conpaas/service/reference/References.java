package eu.conpaas.service.reference;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * References to other services of an application in a text: {@code ${<service>.<property>}}. The service is named by its name (letters and digits count,
 * without regard to case) or, where none has that name, by its type, which stands for the oldest of that type. {@code $${} is a plain <code>${</code>.
 *
 * @param services what the other services publish, oldest first
 */
public record References(List<Published> services) {
    private static final Pattern REFERENCE = Pattern.compile("(\\$?)\\$\\{([^}]*)(}?)");

    public References {
        services = List.copyOf(services);
    }

    /** Lower-case letters and digits of a name, with {@code _} for each run of anything else; {@code _} before a leading digit. */
    public static String key(String name) {
        String key = name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        return key.isEmpty() || Character.isDigit(key.charAt(0)) ? "_" + key : key;
    }

    /** Whether there is a reference in the text. */
    public static boolean in(String text) {
        return text.contains("${");
    }

    /** The service a reference means. */
    public Optional<Published> service(String named) {
        String key = key(named);
        return services.stream().filter(s -> key(s.name()).equals(key)).findFirst()
                .or(() -> services.stream().filter(s -> key(s.type()).equals(key)).findFirst());
    }

    /**
     * Refuses a text with a reference to a service or property that does not exist.
     *
     * @param what what the text is, for the message
     * @throws ApiException INVALID_ARGUMENT that names what there is
     */
    public void check(String what, String text) {
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).isEmpty()) {
                checkOne(what, matcher.group(2), !matcher.group(3).isEmpty());
            }
        }
    }

    private void checkOne(String what, String inside, boolean closed) {
        int dot = inside.lastIndexOf('.');
        if (!closed || dot < 1) {
            throw invalid(what + " has '${" + inside + (closed ? "}" : "") + "' in it, which is no reference.",
                    "Write ${service.property}, or $${ for a plain ${.");
        }
        String property = inside.substring(dot + 1);
        Published service = service(inside.substring(0, dot)).orElseThrow(() -> invalid(what + " refers to service '" + inside.substring(0, dot)
                + "', which the application does not have.", "There is: " + all() + "."));
        if (!service.properties().contains(property)) {
            throw invalid(what + " refers to '" + property + "' of service '" + service.name() + "', which publishes no such thing.",
                    service.properties().isEmpty() ? "It publishes nothing." : "It publishes " + String.join(", ", service.properties()) + ".");
        }
    }

    private String all() {
        TreeSet<String> names = new TreeSet<>();
        services.forEach(s -> s.properties().forEach(p -> names.add(key(s.name()) + "." + p)));
        return names.isEmpty() ? "no service that publishes anything" : String.join(", ", names);
    }

    private static ApiException invalid(String detail, String next) {
        return new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:" + detail, next);
    }

    /** The text with values in place of references; empty while one of them has no value. */
    public Optional<String> resolve(String text) {
        List<String> missing = new ArrayList<>();
        String resolved = REFERENCE.matcher(text).replaceAll(found -> {
            if (!found.group(1).isEmpty()) {
                return Matcher.quoteReplacement(found.group().substring(1));
            }
            String inside = found.group(2);
            int dot = inside.lastIndexOf('.');
            String value = dot < 1 ? null : service(inside.substring(0, dot)).map(s -> s.values().get(inside.substring(dot + 1))).orElse(null);
            if (value == null) {
                missing.add(inside);
                return "";
            }
            return Matcher.quoteReplacement(value);
        });
        return missing.isEmpty() ? Optional.of(resolved) : Optional.empty();
    }
}
