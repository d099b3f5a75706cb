package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.tests.load.Figures;
import eu.conpaas.tests.load.OpenLoad;
import eu.conpaas.tests.load.Shape;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Constant load on a site, and what it costs to change something meanwhile. */
final class UnderLoad implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(30);
    /** Seconds after a change: long enough for what was begun to end. */
    private static final int AFTER = 6;
    private final OpenLoad load;
    private final Shape steady;

    /** @param shapes what is sent; by the first one it is seen that load goes on */
    UnderLoad(Site site, List<Shape> shapes) {
        InetSocketAddress address = site.address();
        steady = shapes.getFirst();
        load = OpenLoad.start(address, address.getAddress().getHostAddress(), shapes, LONGEST);
    }

    /** Runs a change and a little more, then counts. @param allowed requests that may fail */
    void transition(String name, int allowed, Runnable change) {
        load.recorder().phase(name);
        change.run();
        hold(AFTER);
        load.recorder().phase("after " + name);
        Figures figures = load.recorder().of(name);
        System.out.println(name + ": " + figures);
        assertTrue(figures.sent() > 10, "there was load");
        assertTrue(figures.failed() <= allowed, () -> name + ": " + figures + "\n" + String.join("\n", figures.details()));
    }

    /** Lets load go on for some seconds. */
    void hold(int seconds) {
        long until = load.recorder().ofShape(steady.name()).sent() + Math.max(1, (long) (seconds * Math.min(2, steady.rate() / 2)));
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        Wait.until("load goes on", 60, () -> System.nanoTime() > end && load.recorder().ofShape(steady.name()).sent() > until);
    }

    @Override
    public void close() {
        load.close();
        System.out.println(load.recorder().table());
    }
}
