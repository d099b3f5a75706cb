package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.rpc.Access;

/** The tables in {@code docs/http-api.md} are what the director offers. To take over a change that is meant, run with {@code -Dgolden.update=true}. */
class ApiDocTest extends ApiTest {
    private static final String MARK = "<!-- generated -->\n";
    private static final Map<Access, String> HEADINGS = new LinkedHashMap<>();

    static {
        HEADINGS.put(Access.PUBLIC, "Anybody");
        HEADINGS.put(Access.PASSWORD, "User name and password");
        HEADINGS.put(Access.PASSWORD_OR_USER, "Password, certificate or token");
        HEADINGS.put(Access.USER, "Any user");
        HEADINGS.put(Access.APPLICATION_VIEWER, "Whoever sees the application");
        HEADINGS.put(Access.APPLICATION_DEVELOPER, "The application's developers and owner");
        HEADINGS.put(Access.APPLICATION_OWNER, "The application's owner, administrators");
        HEADINGS.put(Access.SERVICE_VIEWER, "Whoever sees the service");
        HEADINGS.put(Access.SERVICE_METHOD, "Viewers or developers, as the method says");
        HEADINGS.put(Access.SERVICE_DEVELOPER, "The service's developers and owner");
        HEADINGS.put(Access.SERVICE_OWNER, "The service's owner, administrators");
        HEADINGS.put(Access.OPERATION_VIEWER, "Whoever sees what the operation is about");
        HEADINGS.put(Access.OPERATION_DEVELOPER, "Whoever may change what the operation is about");
        HEADINGS.put(Access.ADMIN, "Administrators");
        HEADINGS.put(Access.NODE, "Any node");
        HEADINGS.put(Access.MANAGER, "Managers");
    }

    @Test
    void theTablesAreWhatTheDirectorOffers() throws IOException {
        Map<Access, List<String>> rows = new TreeMap<>();
        platform.client.openApi().path("paths").properties().forEach(path -> path.getValue().properties().forEach(verb -> rows
                .computeIfAbsent(Access.valueOf(verb.getValue().path("x-access").asText()), a -> new ArrayList<>())
                .add("| " + verb.getKey().toUpperCase(Locale.ROOT) + " | `" + path.getKey() + "` | " + String.join(", ", params(verb.getValue())) + " | "
                        + verb.getValue().path("summary").asText() + " |\n")));
        assertEquals(List.of(), rows.keySet().stream().filter(a -> !HEADINGS.containsKey(a)).toList());
        StringBuilder tables = new StringBuilder();
        HEADINGS.forEach((access, heading) -> tables.append("\n### ").append(heading).append("\n\n| | Path | Parameters | |\n|---|---|---|---|\n")
                .append(String.join("", rows.getOrDefault(access, List.of()))));
        Path document = root().resolve("docs/http-api.md");
        String text = Files.readString(document);
        String wanted = text.substring(0, text.indexOf(MARK) + MARK.length()) + tables;
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(document, wanted);
            text = wanted;
        }
        assertEquals(wanted, text);
    }

    private static List<String> params(JsonNode operation) {
        List<String> params = new ArrayList<>();
        operation.path("parameters").forEach(p -> {
            if (p.path("in").asText().equals("query")) {
                params.add(p.path("name").asText() + (p.path("required").asBoolean() ? "" : "?"));
            }
        });
        JsonNode schema = operation.path("requestBody").path("content").elements().hasNext() ? operation.path("requestBody").path("content").elements().next().path("schema")
                : operation;
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(r -> required.add(r.asText()));
        schema.path("properties").properties().forEach(p -> params.add(p.getKey() + (required.contains(p.getKey()) ? "" : "?")));
        return params;
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/http-api.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
