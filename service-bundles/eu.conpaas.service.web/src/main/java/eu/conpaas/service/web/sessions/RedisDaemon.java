package eu.conpaas.service.web.sessions;

import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import eu.conpaas.service.web.Roles;
import eu.conpaas.service.web.agent.Place;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One Redis server, which notes every change in a file before it answers.
 *
 * @param id       of the daemon
 * @param address  where it listens
 * @param port     where it listens
 * @param password of clients and of the server it copies; letters, digits, _ and -
 * @param file     its configuration
 * @param data     folder of its own
 * @param source   address of the server it copies, at the usual port, or null
 * @param note     written into its configuration: when it changes the server is started anew; one line
 */
public record RedisDaemon(String id, String address, int port, String password, Path file, Path data, String source, String note) {
    private static final int SIGTERM = 15;

    public RedisDaemon {
        if (!password.matches("[A-Za-z0-9_-]{8,}")) {
            throw new IllegalArgumentException("the session store's password has characters in it that are not letters, digits, _ or -");
        }
        if (note.indexOf('\n') >= 0 || source != null && !source.matches("[0-9a-fA-F.:]+")) {
            throw new IllegalArgumentException("not the note or the source of a session store: " + note + ", " + source);
        }
    }

    public DaemonSpec spec() throws IOException {
        String text = """
                # %s
                bind %s
                port %d
                protected-mode yes
                requirepass %s
                masterauth %s
                dir "%s"
                appendonly yes
                appendfsync everysec
                save ""
                maxmemory 128mb
                maxmemory-policy volatile-lru
                tcp-backlog 511
                databases 1
                repl-diskless-sync-delay 0
                repl-timeout 20
                """.formatted(note, address, port, password, password, data) + (source == null ? "" : "replicaof " + source + " " + Roles.SESSIONS + "\n");
        return new DaemonSpec(id, List.of(Place.program("redis-server"), file.toString()), Map.of(), data, Map.of(file, text), List.of(),
                new Readiness.Tcp(new InetSocketAddress(address, port), Duration.ofSeconds(30)), 0, SIGTERM, Duration.ofSeconds(20), false);
    }
}
