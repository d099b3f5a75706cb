package eu.conpaas.tests.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenLoadTest {
    private final RawServer server;

    OpenLoadTest() throws IOException {
        server = new RawServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Figures run(String path, boolean keep, BodyCheck check, Duration timeout) {
        Shape shape = new Shape("s", "GET", path, Map.of(), new byte[0], 100, keep, timeout, check);
        OpenLoad load = OpenLoad.start(server.address(), "test", List.of(shape), Duration.ofMillis(300));
        load.recorder().phase("only");
        long give = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (load.recorder().total().sent() < 25 && System.nanoTime() < give) {
            Thread.onSpinWait();
        }
        load.close();
        return load.recorder().total();
    }

    @Test
    void countsGoodAnswersAndUsesConnectionsAgain() {
        Figures figures = run("/", true, BodyCheck.endsWith("the end"), Duration.ofSeconds(5));
        assertEquals(0, figures.failed(), figures::toString);
        assertTrue(figures.sent() >= 25, figures::toString);
        assertTrue(server.connections.get() < figures.sent(), "keep-alive connections are shared");
    }

    @Test
    void freshConnectionsAreNotShared() {
        Figures figures = run("/", false, BodyCheck.ANY, Duration.ofSeconds(5));
        assertEquals(figures.sent(), server.connections.get());
    }

    @Test
    void aResetIsAFailure() {
        Figures figures = run("/reset", true, BodyCheck.ANY, Duration.ofSeconds(5));
        assertEquals(figures.sent(), figures.count(Outcome.RESET));
    }

    @Test
    void aShortBodyIsCut() {
        server.answer("/cut", "HTTP/1.1 200 OK\r\nContent-Length: 70\r\n\r\ncut");
        assertEquals(0, run("/cut", true, BodyCheck.ANY, Duration.ofSeconds(5)).count(Outcome.OK));
        server.answer("/chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ncut..\r\n");
        Figures figures = run("/chunk", true, BodyCheck.ANY, Duration.ofSeconds(5));
        assertEquals(figures.sent(), figures.count(Outcome.CUT));
    }

    @Test
    void silenceIsATimeout() {
        Figures figures = run("/silent", true, BodyCheck.ANY, Duration.ofMillis(50));
        assertEquals(figures.sent(), figures.count(Outcome.TIMEOUT));
    }

    @Test
    void statusAndContentAreChecked() {
        server.answer("/503", "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
        server.answer("/mixed", "HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\nversion=1 version=2 the end");
        Figures busy = run("/503", true, BodyCheck.ANY, Duration.ofSeconds(5));
        assertEquals(busy.sent(), busy.count(Outcome.STATUS));
        Figures mixed = run("/mixed", true, BodyCheck.oneVersion(2, "the end"), Duration.ofSeconds(5));
        assertEquals(mixed.sent(), mixed.count(Outcome.WRONG));
    }

    @Test
    void aConnectionClosedWhileIdleIsNoticedBeforeUse() throws Exception {
        try (Wire wire = Wire.open(server.address(), "test", Duration.ofSeconds(5))) {
            assertTrue(wire.isOpen());
            wire.exchange("GET", "/close-after", Map.of(), new byte[0], true, Duration.ofSeconds(5));
            long give = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (wire.isOpen() && System.nanoTime() < give) {
                Thread.onSpinWait();
            }
            assertTrue(!wire.isOpen());
        }
    }

    @Test
    void goesToThisMachineOnly() {
        assertThrows(IllegalArgumentException.class, () -> Fence.check("93.184.216.34", 80));
        assertThrows(IllegalArgumentException.class, () -> Fence.check("localhost", 80));
        assertEquals(80, Fence.check("10.1.2.3", 80).getPort());
    }

    @Test
    void latencyCountsFromWhenTheRequestWasDue() {
        Histogram h = new Histogram();
        for (int i = 1; i <= 1000; i++) {
            h.record(Duration.ofMillis(i));
        }
        assertEquals(990, h.quantile(0.99).toMillis(), 40);
        assertEquals(500, h.quantile(0.5).toMillis(), 20);
        assertEquals(1000, h.max().toMillis());
    }
}
