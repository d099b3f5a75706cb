package eu.conpaas.director.internal.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells nodes that are slow from nodes that are dead. One that has fallen silent is asked before it is given up: its port takes connections
 * for as long as its system lives and its program has not ended, however starved of processor time both are. Such a node gets a respite; one
 * that refuses, or whose machine is gone, gets none.
 */
final class Slow {
    private static final Logger LOG = LoggerFactory.getLogger(Slow.class);
    private static final int KNOCK_MILLIS = 1000;
    /** Leases a silent node whose port answers is given beyond the first. */
    private static final int RESPITE = 2;
    private final Clock clock;
    private final Duration respite;
    private final Map<String, Instant> since = new ConcurrentHashMap<>();

    Slow(Clock clock, Duration lease) {
        this.clock = clock;
        this.respite = lease.multipliedBy(RESPITE);
    }

    /** Those of the silent nodes that may only be slow. Takes no longer than a second. */
    Set<String> among(Collection<Node> silent) throws InterruptedException {
        Set<String> slow = ConcurrentHashMap.newKeySet();
        Thread[] threads = silent.stream().map(node -> Thread.ofVirtual().name("knock " + node.id()).start(() -> {
            if (mayWait(node) && answers(node)) {
                slow.add(node.id());
            }
        })).toArray(Thread[]::new);
        for (Thread thread : threads) {
            thread.join();
        }
        Set<String> names = new HashSet<>();
        silent.forEach(n -> names.add(n.id()));
        since.keySet().retainAll(names);
        return slow;
    }

    private boolean mayWait(Node node) {
        Instant now = clock.instant();
        Instant first = since.putIfAbsent(node.id(), now);
        if (first == null) {
            LOG.info("Node {} is silent: asking it", node.id());
        }
        return first == null || first.plus(respite).isAfter(now);
    }

    private static boolean answers(Node node) {
        if (node.address() == null || node.port() == 0) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(node.address(), node.port()), KNOCK_MILLIS);
            return true;
        } catch (IOException e) {
            LOG.info("Node {} does not answer at {}:{}: {}", node.id(), node.address(), node.port(), e.getMessage());
            return false;
        }
    }
}
