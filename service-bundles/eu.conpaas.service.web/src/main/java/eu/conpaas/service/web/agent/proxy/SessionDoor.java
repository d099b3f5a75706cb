package eu.conpaas.service.web.agent.proxy;

import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import eu.conpaas.service.supervise.AtomicFiles;
import eu.conpaas.service.web.Release;
import eu.conpaas.service.web.Roles;
import eu.conpaas.service.web.agent.Place;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a backend's engines find the session store, on their own node: an HAProxy that knows one server. When the store moves, the door is led
 * to the new one as it runs. While there is none, whoever knocks waits.
 */
public final class SessionDoor {
    private static final int SIGTERM = 15;
    /** Lines of HAProxy's list of sessions whose connection to the store is established (state 8), with their id. */
    private static final Pattern CONNECTED = Pattern.compile("(?m)^(0x[0-9a-f]+): .* be=sessions .* (?:scb|s1)=\\[8,");
    /** Seconds that a connection to the store is tried again: more than it takes to replace the manager's node. */
    private static final int TRIES = 90;
    private final Place place;

    public SessionDoor(Place place) {
        this.place = place;
    }

    /** Leads to the store at this address. */
    public synchronized DaemonSpec lead(String store) throws IOException {
        if (!store.matches("[0-9a-fA-F.:]+")) {
            throw new IllegalArgumentException("not an address: " + store);
        }
        Path file = place.folder("etc").resolve("sessions.cfg");
        String fixed = """
                global
                  stats socket %s mode 600 level admin
                  maxconn 1000
                defaults
                  mode tcp
                  timeout connect 1s
                  timeout client 24h
                  timeout server 24h
                  retries %d
                  option redispatch 1
                listen sessions
                  bind %s:%d
                """.formatted(socket(), TRIES, place.address(), Roles.SESSIONS_DOOR);
        AtomicFiles.write(file, (fixed + "  server store " + store + ":" + Roles.SESSIONS + "\n").getBytes(StandardCharsets.UTF_8), place.user());
        move(store);
        return new DaemonSpec("sessions-door", List.of(Place.program("haproxy"), "-db", "-f", file.toString()),
                Map.of("CONPAAS_SHAPE", Release.digest(fixed).substring(0, 16)), place.context().folder(), Map.of(), List.of(),
                new Readiness.Tcp(new InetSocketAddress(place.address(), Roles.SESSIONS_DOOR), Duration.ofSeconds(15)), 0, SIGTERM, Duration.ofSeconds(5), false);
    }

    /**
     * Who is connected to the store of before is cut off, since that is no more, and connects again. Who is still waiting for it is left to
     * wait: the next try leads to the new one.
     */
    private void move(String store) throws IOException {
        HaproxySocket socket = new HaproxySocket(socket());
        try {
            LiveServer now = LiveServer.of(socket, "sessions").get("store");
            if (now == null || !now.address().equals(store + ":" + Roles.SESSIONS)) {
                List<String> connected = CONNECTED.matcher(socket.ask("show sess")).results().map(m -> m.group(1)).toList();
                socket.ask("set server sessions/store addr " + store + " port " + Roles.SESSIONS);
                for (String id : connected) {
                    socket.ask("shutdown session " + id);
                }
            }
        } catch (SocketException e) {
            return; // it does not run yet, and reads the file when it starts
        }
    }

    private Path socket() throws IOException {
        return place.socket("sessions-door");
    }
}
