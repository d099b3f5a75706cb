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
 * The proxy at the service's addresses. On every node it leads reads to the replicas or, when none is well, to the master, so that the address for reads can
 * move at once; on the master's node it leads the service's address to who takes writes too. Who that is and who the replicas are is changed while it runs, so that
 * nobody's connection is cut.
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

    /** Makes it be as wanted; returns the daemon, which differs from the one before only if what it listens at does. */
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
        told(socket, "set server reads/master addr " + address(doc.master()) + " port " + Names.PORT);
        lead(socket, "reads/r", doc.replicas());
        lead(socket, "master/w", writers(doc));
    }

    private static void lead(DoorSocket socket, String places, List<String> servers) throws IOException {
        for (int i = 0; i < PLACES; i++) {
            String name = places + i;
            if (i < servers.size()) {
                told(socket, "set server " + name + " addr " + address(servers.get(i)) + " port " + Names.PORT);
                told(socket, "set server " + name + " state ready");
            } else {
                told(socket, "set server " + name + " state maint");
            }
        }
    }

    private List<String> writers(DoorDoc doc) {
        return doc.writers().isEmpty() ? List.of(place.address()) : doc.writers();
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
        String writes = doc.address() == null ? "" : """
                frontend writes
                  %s
                  default_backend master
                """.formatted(bind(doc.address(), Names.PORT));
        String reads = (doc.address() == null ? "" : bind(doc.address(), Names.READ_PORT)) + "\n  " + (doc.reads() == null ? "" : bind(doc.reads(), Names.PORT));
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
                %3$s
                frontend read
                  bind %4$s:%5$d
                  %6$s
                  default_backend reads
                """.formatted(user, socket(), writes, place.address(), Names.READ_PORT, reads);
    }

    /** The address may come later than the proxy; where nodes are no machines of their own, several nodes' proxies share it out. */
    private static String bind(String address, int port) {
        return "bind " + address(address) + ":" + port + " transparent";
    }

    private String places(DoorDoc doc) {
        StringBuilder text = new StringBuilder("""
                backend reads
                  balance leastconn
                  option redispatch 1
                  default-server check inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
                """);
        places(text, "r", doc.replicas(), "");
        return text.append("  server master ").append(address(doc.master())).append(':').append(Names.PORT).append(" backup\n").append(writing(doc)).toString();
    }

    /** Only the first that answers gets connections. Where there is but one, nobody has to ask it all the time whether it does. */
    private String writing(DoorDoc doc) {
        StringBuilder text = new StringBuilder("""
                backend master
                  option redispatch 1
                  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
                """);
        places(text, "w", writers(doc), doc.writers().isEmpty() ? "" : " check");
        return text.toString();
    }

    private void places(StringBuilder text, String name, List<String> servers, String check) {
        for (int i = 0; i < PLACES; i++) {
            boolean used = i < servers.size();
            text.append("  server %s%d %s:%d%s%s%s\n".formatted(name, i, used ? address(servers.get(i)) : place.address(), Names.PORT, check,
                    name.equals("w") && i > 0 ? " backup" : "", used ? "" : " disabled"));
        }
    }

    private static String address(String text) {
        if (!text.matches("[0-9a-fA-F.:]+")) {
            throw new IllegalArgumentException("no address: " + text);
        }
        return text;
    }
}
