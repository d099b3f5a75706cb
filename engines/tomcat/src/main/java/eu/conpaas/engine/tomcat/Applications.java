package eu.conpaas.engine.tomcat;

import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Host;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Constants;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.StandardRoot;
import org.apache.juli.logging.Log;
import org.apache.juli.logging.LogFactory;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** The releases that are hosted, side by side at the root of the site. */
final class Applications {
    /** Name of the cookie that carries session ids; proxies read it. */
    static final String COOKIE = "JSESSIONID";
    private static final Log LOG = LogFactory.getLog(Applications.class);
    private final Configuration configuration;
    private final Host host;
    private final Sessions sessions;
    private final Map<String, Hosted> hosted = new ConcurrentHashMap<>();
    private volatile String first;

    Applications(Configuration configuration, Host host, Sessions sessions) {
        this.configuration = configuration;
        this.host = host;
        this.sessions = sessions;
    }

    /** The release, or null if it is not hosted or did not start. */
    Hosted release(String name) {
        Hosted there = name == null ? null : hosted.get(name);
        return there != null && there.isAvailable() ? there : null;
    }

    /** A hosted release of the code version, or null. */
    Hosted version(String version) {
        return hosted.values().stream().filter(h -> h.version().equals(version) && h.isAvailable()).findFirst().orElse(null);
    }

    /** Adds the releases that are wanted, before the engine starts. */
    synchronized void begin() throws IOException {
        List<String> wanted = configuration.wanted();
        first = wanted.isEmpty() ? null : wanted.getFirst();
        wanted.forEach(this::add);
    }

    /** Whether the first of the wanted releases, the active one, can be asked. */
    boolean isReady() {
        return release(first) != null;
    }

    /**
     * Hosts what is wanted now: starts what is missing, and stops what is not wanted any more once nothing is under way on it.
     *
     * @return what did not start, with the reason
     */
    synchronized List<String> reconcile() throws IOException {
        List<String> wanted = configuration.wanted();
        first = wanted.isEmpty() ? null : wanted.getFirst();
        Set<String> leaving = new HashSet<>(hosted.keySet());
        wanted.forEach(leaving::remove);
        leaving.forEach(release -> Thread.ofPlatform().daemon().start(() -> leave(hosted.get(release))));
        return wanted.stream().map(this::ensure).filter(Objects::nonNull).toList();
    }

    /** Waits until no request is under way, within bounds. Connections that nobody uses, such as proxies keep, are not waited for. */
    void awaitIdle(long millis) throws InterruptedException {
        long deadline = System.currentTimeMillis() + millis;
        for (Hosted each : hosted.values()) {
            each.awaitIdle(deadline);
        }
    }

    private String ensure(String release) {
        Hosted there = hosted.get(release);
        if (there != null && there.stay() && there.isAvailable()) {
            return null;
        }
        if (there != null) {
            remove(there);
        }
        return add(release).isAvailable() ? null : release + " did not start; the log of Tomcat says why";
    }

    private Hosted add(String release) {
        LOG.info("Hosting " + release);
        Path folder = configuration.releases().resolve(release);
        StandardContext context = new StandardContext();
        SharedManager manager = new SharedManager(Hosted.version(release), sessions);
        context.setPath("");
        context.setWebappVersion(release);
        context.setName("##" + release);
        context.setDocBase(folder.toString());
        context.setSessionCookieName(COOKIE);
        context.setFailCtxIfServletStartFails(true);
        context.setUnloadDelay(5000);
        StandardRoot resources = new StandardRoot(context);
        resources.setAllowLinking(true);
        context.setResources(resources);
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        scanner.setScanManifest(false);
        context.setJarScanner(scanner);
        own(context, folder);
        context.addLifecycleListener(new Tomcat.DefaultWebXmlListener());
        ContextConfig files = new ContextConfig();
        files.setDefaultWebXml(Constants.NoDefaultWebXml);
        context.addLifecycleListener(files);
        context.addLifecycleListener(event -> {
            // after the application's own context.xml, which may name another manager
            if (event.getType().equals(Lifecycle.CONFIGURE_START_EVENT)) {
                context.setManager(manager);
            }
        });
        Hosted added = new Hosted(release, context, manager);
        hosted.put(release, added);
        try {
            host.addChild(context);
        } catch (IllegalStateException e) {
            LOG.error(release + " did not start", e);
        }
        return added;
    }

    private static void own(StandardContext context, Path folder) {
        Path file = folder.resolve("META-INF/context.xml");
        if (Files.isRegularFile(file)) {
            try {
                context.setConfigFile(file.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }

    private void leave(Hosted leaving) {
        try {
            if (leaving.leave(configuration.stop() * 1000L)) {
                synchronized (this) {
                    if (hosted.get(leaving.release()) == leaving) {
                        LOG.info("No longer hosting " + leaving.release());
                        remove(leaving);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove(Hosted leaving) {
        hosted.remove(leaving.release());
        host.removeChild(leaving.context());
    }
}
