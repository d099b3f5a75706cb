package eu.conpaas.director.internal.node;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import eu.conpaas.api.Heartbeat;

/**
 * Latest heartbeats, in memory; they reach the database now and then. Decides who looks dead: never within one lease of the
 * director's own start.
 */
public final class Pulse {
    /** A pause of more than this part of the lease is one in which this process was held up. */
    private static final int PATIENCE = 3;
    private final Clock clock;
    private final Duration lease;
    private final List<Stall> stalls = new ArrayList<>();
    private Instant trustedFrom;
    private Instant lastLook;
    private final Map<String, Beat> beats = new ConcurrentHashMap<>();

    /** When a node was last heard and what it said. */
    public record Beat(Instant at, Heartbeat heartbeat) {
    }

    private record Stall(Instant end, Duration length) {
    }

    public Pulse(Clock clock, Duration lease) {
        this.clock = clock;
        this.lease = lease;
        this.trustedFrom = clock.instant();
        this.lastLook = trustedFrom;
    }

    /** @return the beat before this one */
    public Optional<Beat> beat(String node, Heartbeat heartbeat) {
        return Optional.ofNullable(beats.put(node, new Beat(clock.instant(), heartbeat)));
    }

    public void forget(String node) {
        beats.remove(node);
    }

    public Optional<Beat> last(String node) {
        return Optional.ofNullable(beats.get(node));
    }

    /** When the node was last heard: from memory, else as stored. */
    public Instant heard(Node node) {
        return last(node.id()).map(Beat::at).orElse(node.heartbeat());
    }

    /** Whether the node has not been heard for a lease, and would have been. */
    public synchronized boolean isSilent(Node node) {
        Instant latest = latest(clock.instant());
        Instant heard = heard(node);
        return heard != null && heard.isBefore(latest) && trustedFrom.isBefore(latest);
    }

    /**
     * Nodes among the ready ones whose lease has run out. To be asked at intervals well below the lease: a longer pause means that this
     * process itself was held up. Nodes are not made to pay for that: their leases are longer by it, and a pause of a whole lease counts like a
     * start.
     */
    public synchronized Set<String> silent(Collection<Node> ready) {
        Instant now = clock.instant();
        Duration pause = Duration.between(lastLook, now);
        lastLook = now;
        if (pause.compareTo(lease) > 0) {
            trustedFrom = now;
            stalls.clear();
        } else if (pause.compareTo(lease.dividedBy(PATIENCE)) > 0) {
            stalls.add(new Stall(now, pause));
        }
        stalls.removeIf(s -> s.end.plus(lease).plus(s.length).isBefore(now));
        if (trustedFrom.plus(lease).isAfter(now)) {
            return Set.of();
        }
        Instant latest = latest(now);
        return ready.stream().filter(n -> {
            Instant heard = heard(n);
            return heard == null || heard.isBefore(latest);
        }).map(Node::id).collect(Collectors.toSet());
    }

    /** A node not heard since then has had a whole lease, in which this process was there to hear it. */
    private Instant latest(Instant now) {
        Instant latest = now.minus(lease);
        for (Stall stall : stalls) {
            latest = latest.minus(stall.length);
        }
        return latest;
    }
}
