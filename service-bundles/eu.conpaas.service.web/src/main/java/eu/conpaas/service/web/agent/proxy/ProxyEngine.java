package eu.conpaas.service.web.agent.proxy;

import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import eu.conpaas.service.supervise.AtomicFiles;
import eu.conpaas.service.supervise.EngineUser;
import eu.conpaas.service.web.Release;
import eu.conpaas.service.web.Roles;
import eu.conpaas.service.web.agent.Place;
import eu.conpaas.service.web.doc.ProxyDoc;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The role proxy: HAProxy, changed through its socket for as long as it runs. */
public final class ProxyEngine {
    private static final String DAEMON = "haproxy";
    private static final String SHAPE = "CONPAAS_SHAPE";
    private static final int SIGUSR1 = 10;
    private final Place place;
    private final ProxyStats stats;
    private volatile boolean quiet;
    private ProxyDoc doc;
    private int port;

    /** @param busy name of the figure that tells how many requests backends are answering */
    public ProxyEngine(Place place, String busy) {
        this.place = place;
        this.stats = new ProxyStats(busy);
    }

    /** Writes the configuration for the next start, and changes HAProxy if it runs. */
    public synchronized List<DaemonSpec> apply(ProxyDoc wanted) throws IOException {
        if (port == 0) {
            port = port();
        }
        HaproxyFile file = new HaproxyFile(place, map(), socket(), port);
        String shape = Release.digest(file.fixed(wanted)).substring(0, 16);
        Path path = place.folder("etc").resolve("haproxy.cfg");
        EngineUser owner = place.user().isOther() ? EngineUser.SELF : place.user();
        AtomicFiles.write(map(), LiveMap.text(wanted).getBytes(StandardCharsets.UTF_8), owner);
        AtomicFiles.write(path, file.text(wanted).getBytes(StandardCharsets.UTF_8), owner);
        if (shape.equals(runningShape())) {
            change().apply(wanted);
        }
        doc = wanted;
        quiet = false;
        return List.of(new DaemonSpec(DAEMON, List.of(Place.program("haproxy"), "-db", "-f", path.toString()), Map.of(SHAPE, shape),
                place.context().folder(), Map.of(), List.of(),
                new Readiness.Tcp(new InetSocketAddress(place.address(), port), Duration.ofSeconds(15)), 0, SIGUSR1, Duration.ofSeconds(135),
                place.user().isOther()));
    }

    /** Port the site is served at. */
    public synchronized int sitePort() throws IOException {
        if (port == 0) {
            port = port();
        }
        return port;
    }

    /** See {@link LiveChange#drained}. */
    public boolean drained(String role, String server, Duration within) throws IOException {
        boolean idle = change().drained(role, server, within);
        reap();
        return idle;
    }

    /** See {@link LiveChange#left}. */
    public boolean left(Duration within) throws IOException {
        return runningShape() == null || change().left(within);
    }

    /** See {@link LiveChange#quiet}. */
    public boolean quiet(Duration within) throws IOException {
        quiet = runningShape() == null || change().quiet(within);
        return quiet;
    }

    /** Its daemon is about to be stopped. If it has nothing to do but to hold connections nobody uses, it need not wait for their ends. */
    public void releasing() {
        if (quiet) {
            place.context().supervisor().pid(DAEMON).flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroy);
        }
    }

    private synchronized void reap() throws IOException {
        if (doc != null) {
            change().reap(HaproxyFile.WEB, doc.web());
            change().reap(HaproxyFile.BACKEND, doc.backend());
        }
    }

    /** Figures since the last call; also clears away servers that have become idle. */
    public Map<String, Double> sample() throws IOException {
        if (runningShape() == null) {
            return Map.of();
        }
        reap();
        return stats.sample(new HaproxySocket(socket()).stat());
    }

    private LiveChange change() throws IOException {
        return new LiveChange(new HaproxySocket(socket()), map());
    }

    private String runningShape() throws IOException {
        try {
            return new HaproxySocket(socket()).environment(SHAPE);
        } catch (java.net.SocketException e) {
            return null;
        }
    }

    private Path map() throws IOException {
        return place.folder("etc").resolve("release.map");
    }

    private Path socket() throws IOException {
        return place.socket("haproxy");
    }

    /** Port 80 where this process may listen there; that it is in use already is a yes too. */
    private int port() throws IOException {
        try (ServerSocket probe = new ServerSocket(Roles.SITE, 1, InetAddress.getByName(place.address()))) {
            return probe.getLocalPort();
        } catch (BindException e) {
            return String.valueOf(e.getMessage()).contains("Permission denied") ? Roles.SITE_UNPRIVILEGED : Roles.SITE;
        }
    }
}
