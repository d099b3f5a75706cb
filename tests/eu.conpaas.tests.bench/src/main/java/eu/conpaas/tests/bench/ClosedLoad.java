package eu.conpaas.tests.bench;

import eu.conpaas.tests.load.Answer;
import eu.conpaas.tests.load.Outcome;
import eu.conpaas.tests.load.RequestFailed;
import eu.conpaas.tests.load.Wire;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** As many requests as a fixed number of keep-alive connections can get answered: for throughput, not for latency. */
final class ClosedLoad {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private ClosedLoad() {
    }

    /** @return good answers a second. @throws IllegalStateException if any request failed */
    static double run(InetSocketAddress target, String path, int connections, Duration time) throws InterruptedException {
        LongAdder good = new LongAdder();
        List<String> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            clients.add(Thread.ofVirtual().start(() -> client(target, path, end, good, failures)));
        }
        for (Thread client : clients) {
            client.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.size() + " requests failed, the first: " + failures.getFirst());
        }
        return good.sum() / seconds;
    }

    private static void client(InetSocketAddress target, String path, long end, LongAdder good, List<String> failures) {
        try (Wire wire = Wire.open(target, target.getAddress().getHostAddress(), TIMEOUT)) {
            while (System.nanoTime() < end) {
                Answer answer = wire.exchange("GET", path, Map.of(), new byte[0], true, TIMEOUT);
                if (!answer.isSuccess()) {
                    throw new RequestFailed(Outcome.STATUS, path + " answered " + answer.status(), null);
                }
                good.increment();
            }
        } catch (RequestFailed e) {
            failures.add(e.getMessage());
        }
    }
}
