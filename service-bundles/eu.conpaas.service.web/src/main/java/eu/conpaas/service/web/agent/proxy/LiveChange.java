package eu.conpaas.service.web.agent.proxy;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.web.doc.ProxyDoc;
import eu.conpaas.service.web.doc.ServerDoc;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings a running HAProxy to what is wanted, without a reload: new servers are added and must answer before old ones get no more requests;
 * these are removed when nothing is under way on them.
 */
final class LiveChange {
    private static final Duration UP = Duration.ofSeconds(15);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private final HaproxySocket socket;
    private final Path map;

    LiveChange(HaproxySocket socket, Path map) {
        this.socket = socket;
        this.map = map;
    }

    /** @throws ApiException STEP_FAILED if none of the wanted servers of a role answers; requests go on where they went before */
    void apply(ProxyDoc doc) throws IOException {
        add(HaproxyFile.WEB, doc.web());
        add(HaproxyFile.BACKEND, doc.backend());
        awaitUp(HaproxyFile.WEB, doc.web());
        awaitUp(HaproxyFile.BACKEND, doc.backend());
        LiveMap.apply(socket, map, doc);
        leave(HaproxyFile.WEB, doc.web(), "drain");
        leave(HaproxyFile.BACKEND, doc.backend(), doc.sessions() == null ? "drain" : "maint");
    }

    private void add(String backend, List<ServerDoc> servers) throws IOException {
        Map<String, LiveServer> live = LiveServer.of(socket, backend);
        for (ServerDoc server : servers) {
            String id = backend + "/" + server.name();
            LiveServer now = live.get(server.name());
            if (now == null) {
                socket.tell("add server " + id + " " + HaproxyFile.arguments(server), "New server registered.");
                enable(id);
                continue;
            }
            String address = server.address() + ":" + server.port();
            if (!now.address().equals(address)) {
                socket.tell("set server " + id + " addr " + server.address() + " port " + server.port(), "IP changed", "port changed", "no need to change");
            }
            if (now.isMaintained()) {
                enable(id);
            } else if (!now.isWanted()) {
                socket.tell("set server " + id + " state ready");
            }
            if (now.weight() != server.weight()) {
                socket.tell("set server " + id + " weight " + server.weight());
            }
            if (now.slots() != server.slots()) {
                socket.tell("set maxconn server " + id + " " + server.slots());
            }
        }
    }

    /** HAProxy would take it for healthy until the first check has failed. */
    private void enable(String id) throws IOException {
        socket.tell("enable health " + id);
        socket.tell("set server " + id + " health down");
        socket.tell("set server " + id + " state ready");
    }

    /** One that answers is enough to go on: those that don't are left out by HAProxy until they do. */
    private void awaitUp(String backend, List<ServerDoc> wanted) throws IOException {
        long deadline = System.nanoTime() + UP.toNanos();
        while (true) {
            Map<String, LiveServer> live = LiveServer.of(socket, backend);
            long up = wanted.stream().map(s -> live.get(s.name())).filter(s -> s != null && s.isUp()).count();
            if (up == wanted.size()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                if (up > 0) {
                    return;
                }
                throw new ApiException(ErrorCode.STEP_FAILED, "No engine of the role " + backend + " answers the proxy: "
                        + wanted.stream().map(s -> s.address() + ":" + s.port()).toList() + ".", "See the logs of those nodes.");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** @param state in which what is under way ends; {@code drain} would still get the requests of sessions that are bound to the server */
    private void leave(String backend, List<ServerDoc> wanted, String state) throws IOException {
        for (LiveServer server : LiveServer.of(socket, backend).values()) {
            if (wanted.stream().noneMatch(s -> s.name().equals(server.name())) && server.isWanted()) {
                socket.tell("set server " + backend + "/" + server.name() + " state " + state);
            }
        }
        reap(backend, wanted);
    }

    /** Removes servers that are not wanted and have nothing to do. Those with open connections are tried again the next time. */
    void reap(String backend, List<ServerDoc> wanted) throws IOException {
        for (LiveServer server : LiveServer.of(socket, backend).values()) {
            if (wanted.stream().noneMatch(s -> s.name().equals(server.name())) && !server.isWanted() && server.busy() == 0) {
                if (!server.isMaintained()) {
                    socket.tell("set server " + backend + "/" + server.name() + " state maint");
                }
                socket.ask("del server " + backend + "/" + server.name());
            }
        }
    }

    /**
     * Waits until nothing is under way on a server that gets no more requests.
     *
     * @return whether that was so within the time
     */
    boolean drained(String backend, String server, Duration within) throws IOException {
        long deadline = System.nanoTime() + within.toNanos();
        int idle = 0;
        while (idle < 2) {
            LiveServer live = LiveServer.of(socket, backend).get(server);
            if (live == null) {
                return true;
            }
            idle = live.busy() == 0 ? idle + 1 : 0;
            if (idle == 0 && System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    /**
     * Closes the site's ports for good. Clients that are connected are served on; each connection ends after its next answer, or when it has been
     * idle for long. Requests that the web role hands on are still taken, since theirs may be among them.
     *
     * @return whether nobody is connected any more, within the time
     */
    boolean left(Duration within) throws IOException {
        socket.tell("shutdown frontend " + HaproxyFile.SITE, "Frontend was already shut down");
        long deadline = System.nanoTime() + within.toNanos();
        while (connections() > 0) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    /**
     * As {@link #left}, but for a site that is to be off: clients that are connected without having asked for anything for a second are not
     * waited for.
     */
    boolean quiet(Duration within) throws IOException {
        socket.tell("shutdown frontend " + HaproxyFile.SITE, "Frontend was already shut down");
        long deadline = System.nanoTime() + within.toNanos();
        long since = System.nanoTime();
        long requests = -1;
        while (connections() > 0) {
            long now = socket.stat().stream().filter(LiveChange::isSite).mapToLong(row -> LiveServer.number(row, "req_tot")).sum();
            boolean busy = socket.stat().stream().anyMatch(row -> row.get("svname").equals("BACKEND") && LiveServer.number(row, "scur") > 0);
            if (busy || now != requests) {
                since = System.nanoTime();
                requests = now;
            } else if (System.nanoTime() - since > QUIET.toNanos()) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    private int connections() throws IOException {
        return socket.stat().stream().filter(LiveChange::isSite).mapToInt(row -> LiveServer.number(row, "scur")).sum();
    }

    private static boolean isSite(Map<String, String> row) {
        return row.get("pxname").equals(HaproxyFile.SITE) && row.get("svname").equals("FRONTEND");
    }
}
