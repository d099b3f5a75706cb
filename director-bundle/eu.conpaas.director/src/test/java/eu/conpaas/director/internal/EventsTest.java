package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.Event;
import eu.conpaas.api.Operation;
import eu.conpaas.director.internal.config.ConfigReader;
import eu.conpaas.director.internal.event.Events;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.rpc.Cancellation;

/** The stream of changes, through the real client. */
class EventsTest {
    @TempDir
    Path folder;

    /** Follows the stream on a thread of its own. */
    private static final class Follower implements eu.conpaas.client.Director.EventListener, AutoCloseable {
        final List<Event> events = new CopyOnWriteArrayList<>();
        final CountDownLatch connected = new CountDownLatch(1);
        final CountDownLatch reloaded = new CountDownLatch(1);
        private final Cancellation cancellation = new Cancellation();
        private final CountDownLatch gate;
        private final Thread thread;

        /** @param gate what each event waits for */
        Follower(eu.conpaas.client.Director client, String lastId, CountDownLatch gate) {
            this.gate = gate;
            thread = Thread.ofVirtual().start(() -> {
                try {
                    client.events(0, 0, lastId, this, cancellation);
                } catch (CancellationException e) {
                    // the test is over
                }
            });
        }

        @Override
        public void changed(Event event) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            events.add(event);
        }

        @Override
        public void reload() {
            reloaded.countDown();
        }

        @Override
        public void connected(boolean is) {
            if (is) {
                connected.countDown();
            }
        }

        boolean saw(String kind, String key, Object value) {
            return events.stream().anyMatch(e -> e.kind().equals(kind) && value.equals(e.data().get(key)));
        }

        int first(String kind, String state) {
            return (int) events.stream().takeWhile(e -> !(e.kind().equals(kind) && state.equals(e.data().get("state")))).count();
        }

        @Override
        public void close() throws InterruptedException {
            cancellation.cancel();
            thread.join();
        }
    }

    private static CountDownLatch open() {
        return new CountDownLatch(0);
    }

    private static List<Long> stored(Platform p, long after) {
        try (Database database = new Database(ConfigReader.read(p.config).database())) {
            return database.read(s -> s.list("SELECT id FROM event WHERE uid = 1 AND id > ? ORDER BY id", r -> r.number("id"), after));
        }
    }

    @Test
    void tellsOfApplications() throws Exception {
        try (Platform platform = new Platform(folder, 100)) {
            try (Follower follower = new Follower(platform.client, null, new CountDownLatch(0))) {
                follower.connected.await();
                long aid = platform.client.createApplication("shop").aid();
                platform.client.renameApplication(aid, "bakery");
                platform.client.deleteApplication(aid);
                Platform.await("all that happened to it is told", () -> follower.events.stream().filter(e -> e.aid() == aid).count() == 3);
                assertEquals(List.of(Map.of("name", "shop"), Map.of("name", "bakery"), Map.of("deleted", true)),
                        follower.events.stream().filter(e -> e.kind().equals("application")).map(Event::data).toList());
            }
        }
    }

    @Test
    void allThatHappensIsToldInOrder() throws Exception {
        try (Platform p = new Platform(folder, 50); Follower follower = new Follower(p.client, null, open())) {
            follower.connected.await();
            p.running();
            Platform.await("the end is told", () -> follower.saw("service.state", "state", "RUNNING") && follower.saw("operation.progress", "kind", "start"));
            int manager = follower.first("node.state", "READY");
            int starting = follower.first("service.state", "PROLOGUE");
            int running = follower.first("service.state", "RUNNING");
            assertTrue(follower.first("node.state", "REQUESTED") < manager && manager < starting && starting < running, follower.events.toString());
            Platform.await("all is told", () -> follower.events.size() == stored(p, 0).size());
            assertEquals(stored(p, 0), follower.events.stream().map(Event::id).toList());
        }
    }

    @Test
    void theStreamGoesOnOverARestartOrSaysReload() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long first;
            List<Long> seen;
            try (Follower before = new Follower(p.client, null, open())) {
                before.connected.await();
                p.created();
                Platform.await("the creation is told", () -> before.saw("operation.progress", "state", "DONE"));
                first = before.events.getFirst().id();
                p.restart();
                p.created();
                Platform.await("both are told", () -> before.events.size() == stored(p, first - 1).size());
                seen = before.events.stream().map(Event::id).toList();
            }
            assertEquals(stored(p, first - 1), seen);
            p.restart();
            try (Follower later = new Follower(p.client, Long.toString(first), open())) {
                Platform.await("what was missed is told", () -> later.events.size() == stored(p, first).size());
                assertEquals(stored(p, first), later.events.stream().map(Event::id).toList());
            }
            p.stop();
            try (Database database = new Database(ConfigReader.read(p.config).database())) {
                Events events = new Events(database, Clock.systemUTC());
                database.write(s -> {
                    for (int i = 0; i < 1100; i++) {
                        events.add(s, "test", 1, 0, 0, Map.of());
                    }
                    return null;
                });
            }
            p.start();
            for (String known : List.of(Long.toString(first), "999999999")) {
                try (Follower tooOld = new Follower(p.client, known, open())) {
                    assertTrue(tooOld.reloaded.await(60, TimeUnit.SECONDS), "after " + known + " everything is to be read anew");
                    p.client.createApplication("after " + known);
                    assertTrue(tooOld.events.stream().noneMatch(e -> e.kind().equals("test")));
                }
            }
        }
    }

    @Test
    void aSlowFollowerHoldsNobodyUp() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (Platform p = new Platform(folder, 50); Follower slow = new Follower(p.client, null, gate)) {
            slow.connected.await();
            long sid = p.running();
            Platform.require(p.ended(p.client.services().terminate(sid, true).operation()), Operation.State.DONE);
            assertTrue(slow.events.isEmpty());
            gate.countDown();
            Platform.await("all is told in the end", () -> slow.events.size() == stored(p, 0).size());
            assertEquals(stored(p, 0), slow.events.stream().map(Event::id).toList());
        }
    }

    @Test
    void aFollowerTooSlowForItsQueueIsToldToReload() throws Exception {
        try (Database database = new Database(folder.resolve("events.db"))) {
            Events events = new Events(database, Clock.systemUTC());
            try (Events.Subscription slow = events.subscribe(-1, e -> true)) {
                database.write(s -> {
                    for (int i = 0; i < 3000; i++) {
                        events.add(s, "test", 1, 0, 0, Map.of());
                    }
                    return null;
                });
                assertTrue(slow.takeReload());
                assertFalse(slow.takeReload());
                assertNull(slow.next(1));
                database.write(s -> {
                    events.add(s, "after", 1, 0, 0, Map.of());
                    return null;
                });
                assertEquals("after", slow.next(10_000).kind());
            }
        }
    }
}
