package eu.conpaas.tests.system;

import eu.conpaas.tests.load.RequestFailed;
import eu.conpaas.tests.load.Wire;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How much a site can do. */
final class Capacity {
    private Capacity() {
    }

    /** @return answers a second that so many connections get, each waiting for one answer before it asks again */
    static double of(InetSocketAddress address, String path, int connections, Duration time) throws InterruptedException {
        LongAdder answers = new LongAdder();
        long end = System.nanoTime() + time.toNanos();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            clients.add(Thread.ofVirtual().start(() -> {
                try (Wire wire = Wire.open(address, address.getAddress().getHostAddress(), Duration.ofSeconds(10))) {
                    while (System.nanoTime() < end) {
                        wire.exchange("GET", path, Map.of(), new byte[0], true, Duration.ofSeconds(30));
                        answers.increment();
                    }
                } catch (RequestFailed e) {
                    throw new AssertionError("measuring the capacity: " + e.getMessage(), e);
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        return answers.sum() / (time.toMillis() / 1000.0);
    }
}
