package eu.conpaas.director.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import eu.conpaas.api.Heartbeat;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeState;
import eu.conpaas.api.Protocol;

/** A silent node is dead when it had a whole lease, in which the director could hear it, and does not answer when asked. */
class SilenceTest {
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final String HOST = InetAddress.getLoopbackAddress().getHostAddress();
    private final HandClock clock = new HandClock();
    private final Pulse pulse = new Pulse(clock, LEASE);
    private final Node node = node(0);

    /** Stands still until it is set forward. */
    private static final class HandClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static Node node(int port) {
        return new Node("n", 1, 1, 1, NodeKind.AGENT, NodeState.READY, "local", 0, "t", null, null, "vm", HOST, port, null, 0, null, Instant.EPOCH, null, null, 0,
                null, false, null, 1);
    }

    private void beat() {
        pulse.beat(node.id(), new Heartbeat(Protocol.VERSION, "test", HOST, 1, "boot", true, null, Map.of()));
    }

    private Set<String> after(double seconds) {
        clock.now = clock.now.plusMillis((long) (seconds * 1000));
        return pulse.silent(List.of(node));
    }

    private Set<String> lookingFor(double seconds) {
        for (double left = seconds; left > 0.5; left -= 0.5) {
            after(0.5);
        }
        return after(0.5);
    }

    @Test
    void aLeaseWithoutAHeartbeatIsSilence() {
        beat();
        assertEquals(Set.of(), lookingFor(6));
        beat();
        assertEquals(Set.of(), lookingFor(5.5));
        assertEquals(Set.of("n"), lookingFor(1));
    }

    @Test
    void nodesAreGivenTheTimeThatTheObserverWasHeldUp() {
        lookingFor(7);
        beat();
        lookingFor(3);
        assertEquals(Set.of(), after(5), "three seconds of eight are the node's, five the observer's");
        assertEquals(Set.of(), lookingFor(2.5));
        assertEquals(Set.of("n"), lookingFor(1));
    }

    @Test
    void aPauseOfAWholeLeaseIsLikeAStart() {
        lookingFor(7);
        beat();
        assertEquals(Set.of(), after(20));
        assertEquals(Set.of(), lookingFor(5.5));
        assertEquals(Set.of("n"), lookingFor(1));
    }

    @Test
    void aNodeWhosePortAnswersIsGivenTwoMoreLeases() throws Exception {
        Slow slow = new Slow(clock, LEASE);
        try (ServerSocket door = new ServerSocket(0, 10, InetAddress.getByName(HOST))) {
            Node alive = node(door.getLocalPort());
            assertEquals(Set.of("n"), slow.among(List.of(alive)));
            clock.now = clock.now.plusSeconds(11);
            assertEquals(Set.of("n"), slow.among(List.of(alive)));
            clock.now = clock.now.plusSeconds(2);
            assertEquals(Set.of(), slow.among(List.of(alive)), "it hangs");
            assertEquals(Set.of(), slow.among(List.of()));
            assertEquals(Set.of("n"), slow.among(List.of(alive)), "it has been heard in between");
        }
    }

    @Test
    void aNodeWhosePortIsClosedIsGivenNothing() throws Exception {
        int port;
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            port = door.getLocalPort();
        }
        assertEquals(Set.of(), new Slow(clock, LEASE).among(List.of(node(port), node(0))));
    }
}
