package eu.conpaas.director.internal.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An INI file that remembers where each key stands, so that errors can name the line. Sections and keys are read without regard to case. */
public final class IniFile {
    /** A value and its line, counted from 1. */
    public record Entry(String value, int line) {
    }

    private final String name;
    private final Map<String, Map<String, Entry>> sections = new LinkedHashMap<>();
    private final Map<String, Integer> headers = new LinkedHashMap<>();
    private final List<Entry> errors = new ArrayList<>();

    private IniFile(String name) {
        this.name = name;
    }

    /** Reads the text; {@code name} stands in messages. */
    public static IniFile parse(String name, String text) {
        IniFile file = new IniFile(name);
        Map<String, Entry> section = null;
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                String header = line.substring(1, line.length() - 1).strip().toLowerCase(Locale.ROOT);
                section = file.sections.computeIfAbsent(header, s -> new LinkedHashMap<>());
                file.headers.putIfAbsent(header, number);
            } else {
                file.entry(section, line, number);
            }
        }
        return file;
    }

    private void entry(Map<String, Entry> section, String line, int number) {
        int equals = line.indexOf('=');
        if (equals < 1) {
            error(number, "neither a [section], nor KEY = value, nor a comment");
        } else if (section == null) {
            error(number, "a key before the first [section]");
        } else {
            String key = line.substring(0, equals).strip().toUpperCase(Locale.ROOT);
            Entry before = section.putIfAbsent(key, new Entry(line.substring(equals + 1).strip(), number));
            if (before != null) {
                error(number, key + " stands already in line " + before.line());
            }
        }
    }

    public Optional<Entry> get(String section, String key) {
        return Optional.ofNullable(sections.getOrDefault(section, Map.of()).get(key));
    }

    /** Keys of a section, or null if there is no such section. */
    public Map<String, Entry> section(String section) {
        return sections.get(section.toLowerCase(Locale.ROOT));
    }

    /** Notes an error at a line; 0 for one that has none. */
    public void error(int line, String what) {
        errors.add(new Entry(what, line));
    }

    /** All sections, lower case, with the line of their first header. */
    public Map<String, Integer> sections() {
        return Map.copyOf(headers);
    }

    /** What is wrong, in the order of the lines. */
    public List<String> errors() {
        return errors.stream().sorted(Comparator.comparingInt(Entry::line))
                .map(e -> e.line() == 0 ? name + ": " + e.value() : name + ":" + e.line() + ": " + e.value()).toList();
    }
}
