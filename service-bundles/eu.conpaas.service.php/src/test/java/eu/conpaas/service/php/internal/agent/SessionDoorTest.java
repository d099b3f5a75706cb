package eu.conpaas.service.php.internal.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.service.php.PhpServiceType;
import eu.conpaas.service.supervise.EngineUser;
import eu.conpaas.service.supervise.LocalSupervisor;
import eu.conpaas.service.web.Roles;
import eu.conpaas.service.web.agent.Place;
import eu.conpaas.service.web.agent.proxy.SessionDoor;
import eu.conpaas.service.web.manager.SessionStore;
import eu.conpaas.service.web.sessions.RedisClient;
import eu.conpaas.service.web.testkit.EngineNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door to the session store while the store is alive, silent and replaced. */
class SessionDoorTest {
    private static final String PASSWORD = "password-of-the-test";
    @TempDir
    Path temp;

    @Test
    void whoIsConnectedIsCutOffAndWhoWaitsIsServedByTheNextStore() throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        String first = EngineNode.freeAddress();
        String silent = EngineNode.freeAddress();
        String last = EngineNode.freeAddress();
        List<Socket> crowd = new ArrayList<>();
        EngineNode node = new EngineNode(new PhpServiceType(), "n", temp, null);
        LocalSupervisor stores = new LocalSupervisor(temp.resolve("stores"), temp.resolve("logs"), new EngineUser(EngineNode.user()), Map.of());
        try (ServerSocket hung = new ServerSocket(Roles.SESSIONS, 1, InetAddress.getByName(silent));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            stores.apply("first", List.of(new SessionStore("first", first, temp.resolve("first"), null, PASSWORD).daemon()));
            SessionDoor door = new SessionDoor(new Place(node));
            node.supervisor().apply("door", List.of(door.lead(first)));
            try (Socket connected = new Socket(node.address(), Roles.SESSIONS_DOOR)) {
                connected.setSoTimeout(10_000);
                connected.getOutputStream().write(("AUTH " + PASSWORD + "\r\n").getBytes(StandardCharsets.US_ASCII));
                assertEquals("+OK\r\n", new String(connected.getInputStream().readNBytes(5), StandardCharsets.US_ASCII));
                fill(hung, crowd);
                node.supervisor().apply("door", List.of(door.lead(silent)));
                assertEquals(-1, connected.getInputStream().read(), "the store it was connected to is no more");
            }
            Future<String> waiting = threads.submit(() -> new RedisClient(node.address(), Roles.SESSIONS_DOOR, PASSWORD).ask("PING"));
            awaitKnocking(silent);
            stores.stop("first");
            stores.apply("last", List.of(new SessionStore("last", last, temp.resolve("last"), null, PASSWORD).daemon()));
            node.supervisor().apply("door", List.of(door.lead(last)));
            assertTrue(waiting.get(1, TimeUnit.MINUTES).contains("+PONG"));
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
            node.close();
            stores.groups().forEach(stores::stop);
            stores.close();
        }
    }

    /** A port that nobody answers at, like a machine that is gone: its queue is full. */
    private static void fill(ServerSocket hung, List<Socket> crowd) throws Exception {
        for (int i = 0; i < 2; i++) {
            Socket socket = new Socket();
            crowd.add(socket);
            socket.connect(new InetSocketAddress(hung.getInetAddress(), hung.getLocalPort()), 1000);
        }
    }

    /** Until somebody has sent a SYN there and has no answer. */
    private static void awaitKnocking(String address) throws Exception {
        byte[] bytes = InetAddress.getByName(address).getAddress();
        String pending = String.format("%02X%02X%02X%02X:%04X 02 ", bytes[3], bytes[2], bytes[1], bytes[0], Roles.SESSIONS);
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!Files.readString(Path.of("/proc/net/tcp")).contains(pending)) {
            assertTrue(System.nanoTime() < end, "nobody knocks at " + address);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
