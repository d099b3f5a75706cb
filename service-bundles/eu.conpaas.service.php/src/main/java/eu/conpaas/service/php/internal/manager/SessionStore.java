package eu.conpaas.service.php.internal.manager;

import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import eu.conpaas.service.php.internal.Roles;
import eu.conpaas.service.php.internal.agent.Place;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Redis, which keeps the PHP sessions. Its data lie in the folder the service's nodes share, where there is one, so that they are there
 * again after stop and for another manager; else on the manager's node, where they are kept over stop.
 */
public final class SessionStore {
    private static final int SIGTERM = 15;
    private final String address;
    private final Path folder;
    private final Path data;
    private final String password;

    /**
     * @param folder   for its configuration
     * @param shared   folder the service's nodes share, or null
     * @param password letters and digits
     */
    public SessionStore(String address, Path folder, Path shared, String password) {
        if (!password.matches("[A-Za-z0-9_-]{8,}")) {
            throw new IllegalArgumentException("the session store's password has characters in it that are not letters, digits, _ or -");
        }
        this.address = address;
        this.folder = folder;
        this.data = (shared == null ? folder : shared).resolve("sessions");
        this.password = password;
    }

    /** Where its data lie. */
    public Path data() {
        return data;
    }

    /** How PHP spells where it is. */
    public String savePath() {
        return "tcp://" + address + ":" + Roles.SESSIONS + "?auth=" + password + "&timeout=5&read_timeout=10";
    }

    public DaemonSpec daemon() throws IOException {
        Path file = folder.resolve("redis.conf");
        String text = """
                bind %s
                port %d
                protected-mode yes
                requirepass %s
                dir "%s"
                appendonly yes
                appendfsync everysec
                save ""
                maxmemory 128mb
                maxmemory-policy volatile-lru
                tcp-backlog 511
                databases 1
                """.formatted(address, Roles.SESSIONS, password, data);
        return new DaemonSpec("redis", List.of(Place.program("redis-server"), file.toString()), Map.of(), data, Map.of(file, text), List.of(),
                new Readiness.Tcp(new InetSocketAddress(address, Roles.SESSIONS), Duration.ofSeconds(30)), 0, SIGTERM, Duration.ofSeconds(20), false);
    }
}
