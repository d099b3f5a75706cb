package eu.conpaas.service.mysql.internal.agent.door;

import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.doc.DoorDoc;
import eu.conpaas.service.mysql.internal.engine.ServerPlace;
import eu.conpaas.service.supervise.AtomicFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The proxy at the service's address, on the master's node: one port leads to the master, the other to the replicas or, when none is well, to the master.
 * Which replicas there are is changed while it runs, so that nobody's connection is cut.
 */
public final class Door {
    /** Replicas it has places for. */
    static final int PLACES = 16;
    private static final String SHAPE = "CONPAAS_SHAPE";
    private static final int SIGUSR1 = 10;
    private final ServerPlace place;

    public Door(ServerPlace place) {
        this.place = place;
    }

    /** Makes it be as wanted; returns the daemon, which differs from the one before only if the address does. */
    public synchronized List<DaemonSpec> apply(DoorDoc doc) throws IOException {
        String fixed = fixed(doc);
        String shape = eu.conpaas.service.manager.ConfigurationHash.of(Map.of("fixed", fixed)).substring(0, 16);
        Path file = place.folder("etc").resolve("door.cfg");
        AtomicFiles.write(file, (fixed + places(doc)).getBytes(StandardCharsets.UTF_8), place.user());
        if (shape.equals(running())) {
            lead(doc);
        }
        return List.of(new DaemonSpec("door", List.of(ServerPlace.program("haproxy"), "-db", "-f", file.toString()), Map.of(SHAPE, shape), place.context().folder(),
                Map.of(), List.of(), new Readiness.Tcp(new InetSocketAddress(place.address(), Names.READ_PORT), Duration.ofSeconds(15)), 0, SIGUSR1,
                Duration.ofSeconds(1), place.user().isOther()));
    }

    private String running() throws IOException {
        try {
            String answer = new DoorSocket(socket()).ask("show env " + SHAPE);
            return answer.startsWith(SHAPE + "=") ? answer.substring(SHAPE.length() + 1) : null;
        } catch (SocketException e) {
            return null;
        }
    }

    private void lead(DoorDoc doc) throws IOException {
        DoorSocket socket = new DoorSocket(socket());
        for (int i = 0; i < PLACES; i++) {
            String name = "reads/r" + i;
            if (i < doc.replicas().size()) {
                told(socket, "set server " + name + " addr " + doc.replicas().get(i) + " port " + Names.PORT);
                told(socket, "set server " + name + " state ready");
            } else {
                told(socket, "set server " + name + " state maint");
            }
        }
    }

    /** It answers a change of address with what it changed, or that nothing was to change. */
    private static void told(DoorSocket socket, String command) throws IOException {
        String answer = socket.ask(command);
        if (!answer.isEmpty() && !answer.contains("changed") && !answer.contains("no need to change") && !answer.contains("nothing changed")) {
            throw new IOException("HAProxy answered '" + answer + "' to '" + command + "'");
        }
    }

    private Path socket() throws IOException {
        return place.socket().resolveSibling("door.sock");
    }

    private String fixed(DoorDoc doc) throws IOException {
        String user = place.user().isOther() ? "uid " + place.user().id() + "\n  gid " + place.user().id() : "";
        boolean own = doc.address() != null && !doc.address().equals(place.address());
        String writes = own ? """
                frontend writes
                  bind %s:%d transparent
                  default_backend master
                """.formatted(address(doc.address()), Names.PORT) : "";
        String reads = own ? "bind " + doc.address() + ":" + Names.READ_PORT + " transparent" : "";
        return """
                global
                  %1$s
                  maxconn 4096
                  no strict-limits
                  stats socket %2$s mode 600 level admin
                defaults
                  mode tcp
                  option clitcpka
                  option srvtcpka
                  retries 2
                  timeout connect 3s
                  timeout client 24h
                  timeout server 24h
                  timeout check 3s
                backend master
                  server master %3$s:%4$d
                %5$s
                frontend read
                  bind %3$s:%6$d
                  %7$s
                  default_backend reads
                """.formatted(user, socket(), place.address(), Names.PORT, writes, Names.READ_PORT, reads);
    }

    private String places(DoorDoc doc) {
        StringBuilder text = new StringBuilder("""
                backend reads
                  balance leastconn
                  option redispatch 1
                  default-server check inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
                """);
        for (int i = 0; i < PLACES; i++) {
            boolean used = i < doc.replicas().size();
            text.append("  server r%d %s:%d%s\n".formatted(i, used ? address(doc.replicas().get(i)) : place.address(), Names.PORT, used ? "" : " disabled"));
        }
        return text.append("  server master ").append(place.address()).append(':').append(Names.PORT).append(" backup\n").toString();
    }

    private static String address(String text) {
        if (!text.matches("[0-9a-fA-F.:]+")) {
            throw new IllegalArgumentException("no address: " + text);
        }
        return text;
    }
}
