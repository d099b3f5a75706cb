package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Published;

/** Managers are told at once what the other services of their application publish. */
class ReferencesTest {
    @TempDir
    Path folder;

    private static Optional<Published> seen(Platform p, long by, long of) {
        return Optional.ofNullable(p.fleet.assignment(by)).flatMap(a -> a.published().stream().filter(s -> s.sid() == of).findFirst());
    }

    private static String value(Platform p, long by, long of, String property) {
        return seen(p, by, of).map(s -> s.values().get(property)).orElse(null);
    }

    @Test
    void othersAreToldWhatAServicePublishes() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long one = p.created();
            long two = p.created();
            Platform.await("one sees two's address", () -> p.client.services().get(two).service().address().equals(value(p, one, two, "address")));
            assertEquals(List.of("address", "greeting", "aside", "back"), seen(p, one, two).orElseThrow().properties());
            assertEquals(p.client.services().get(two).service().addresses().get("aside"), value(p, one, two, "aside"));
            assertEquals(value(p, one, two, "address"), seen(p, one, two).orElseThrow().variables().get("DEMO_IP"));
            assertTrue(seen(p, one, one).isEmpty(), "nobody is told of itself");
            p.fleet.publish(two, Map.of("who", "world"));
            Platform.await("one sees what two's manager reports", () -> "hello world".equals(value(p, one, two, "greeting")));
            p.fleet.publish(two, null);
            p.client.services().rename(two, "My DB");
            Platform.await("one sees the new name", () -> seen(p, one, two).filter(s -> s.name().equals("My DB")).isPresent());
            assertEquals("hello world", value(p, one, two, "greeting"));
            Platform.require(p.ended(p.client.services().change(two, "startup", Map.of(), false).operation()), Operation.State.DONE);
            Platform.require(p.ended(p.client.services().change(two, "add_nodes", Map.of("back", 1), false).operation()), Operation.State.DONE);
            Platform.await("one sees a node's address", () -> value(p, one, two, "back") != null);
            p.client.services().terminate(two, true);
            Platform.await("two is gone for one", () -> seen(p, one, two).isEmpty());
        }
    }

    @Test
    void aReferenceToNothingIsRefused() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long one = p.created();
            long two = p.created();
            p.client.services().rename(two, "My DB");
            ApiException unknown = assertThrows(ApiException.class, () -> set(p, one, "${cache.address}"));
            assertTrue(unknown.error().cause().contains("'cache'") && unknown.error().next().contains("my_db.address"), unknown.error().toString());
            ApiException property = assertThrows(ApiException.class, () -> set(p, one, "${my-db.adress}"));
            assertTrue(property.error().cause().contains("'adress'") && property.error().next().contains("address, greeting, aside, back"), property.error().toString());
            assertThrows(ApiException.class, () -> set(p, one, "${address}"));
            set(p, one, "at ${My DB.address}, not $${here}");
            assertEquals("at ${My DB.address}, not $${here}", p.client.services().get(one).desired().environment().get("DB"));
        }
    }

    private static void set(Platform p, long sid, String value) {
        Operation op = p.client.services().change(sid, "set_environment", Map.of("environment", Map.of("DB", value)), false).operation();
        Platform.require(p.ended(op), Operation.State.DONE);
    }
}
