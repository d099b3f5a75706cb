package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.LegacyClient.Answer;

/** The shapes in which 1.3.1 answers. */
final class ApiKit {
    private ApiKit() {
    }

    /** Status 200, JSON, and no other origin is let in. */
    static JsonNode ok(Answer answer) {
        assertEquals(200, answer.status(), answer.toString());
        assertTrue(answer.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
        assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json"), answer.headers().toString());
        return answer.json();
    }

    static void isTrue(Answer answer) {
        ok(answer);
        assertEquals("true", answer.text().strip());
    }

    static void isFalse(Answer answer) {
        ok(answer);
        assertEquals("false", answer.text().strip());
    }

    /** {@code {"error": true, "msg": …}} with what was added since. */
    static void isError(Answer answer, ErrorCode code, String message) {
        JsonNode json = ok(answer);
        assertTrue(json.path("error").isBoolean() && json.path("error").asBoolean(), answer.text());
        assertTrue(json.path("msg").asText().contains(message), answer.text());
        assertEquals(code.name(), json.path("code").asText(), answer.text());
        assertTrue(json.path("cause").isTextual() && json.path("next").isTextual(), answer.text());
    }

    /** An object with at least these fields. */
    static JsonNode object(JsonNode json, String... fields) {
        Set<String> there = new TreeSet<>();
        json.fieldNames().forEachRemaining(there::add);
        assertTrue(there.containsAll(Set.of(fields)), there.toString());
        assertFalse(there.contains("error"), json.toString());
        return json;
    }

    static List<String> texts(JsonNode list) {
        assertTrue(list.isArray(), list.toString());
        List<String> texts = new ArrayList<>();
        list.forEach(e -> texts.add(e.asText()));
        return texts;
    }
}
