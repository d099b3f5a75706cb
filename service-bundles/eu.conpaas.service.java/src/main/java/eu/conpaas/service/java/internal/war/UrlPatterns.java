package eu.conpaas.service.java.internal.war;

import java.util.ArrayList;
import java.util.List;

/** URL patterns as servlets, filters and security constraints have them: {@code /exact}, {@code /below/*}, {@code *.ending}, {@code /}. */
final class UrlPatterns {
    private final List<String> patterns = new ArrayList<>();

    void add(String pattern) {
        String clean = pattern.strip();
        if (!clean.isEmpty()) {
            patterns.add(clean);
        }
    }

    /** @param path beginning with {@code /} */
    boolean match(String path) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, path));
    }

    private static boolean matches(String pattern, String path) {
        if (pattern.equals("/") || pattern.equals("/*")) {
            return true;
        }
        if (pattern.endsWith("/*")) {
            String folder = pattern.substring(0, pattern.length() - 2);
            return path.equals(folder) || path.startsWith(folder + "/");
        }
        if (pattern.startsWith("*.")) {
            return path.endsWith(pattern.substring(1));
        }
        return path.equals(pattern.startsWith("/") ? pattern : "/" + pattern);
    }
}
