package eu.conpaas.service.php.internal.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.php.internal.Roles;
import eu.conpaas.service.php.internal.agent.code.Releases;
import eu.conpaas.service.php.internal.agent.nginx.AccessLog;
import eu.conpaas.service.php.internal.agent.nginx.NginxEngines;
import eu.conpaas.service.php.internal.agent.proxy.ProxyEngine;
import eu.conpaas.service.php.internal.doc.BackendDoc;
import eu.conpaas.service.php.internal.doc.CodeDoc;
import eu.conpaas.service.php.internal.doc.Docs;
import eu.conpaas.service.php.internal.doc.PairDoc;
import eu.conpaas.service.php.internal.doc.ProxyDoc;
import eu.conpaas.service.php.internal.doc.WebDoc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Runs the engines of a PHP service on one node: HAProxy, nginx for static files, pairs of nginx and PHP-FPM, in any combination. */
public final class PhpAgent implements ServiceAgent {
    private static final Duration WARM = Duration.ofSeconds(30);
    private final Place place;
    private final Releases releases;
    private final NginxEngines engines;
    private final ProxyEngine proxy;
    private final Map<String, AccessLog> access = new ConcurrentHashMap<>();
    private volatile Map<String, Double> latest = Map.of();
    private volatile BackendDoc backend;
    private volatile boolean isProxy;

    public PhpAgent(AgentContext context) {
        place = new Place(context);
        releases = new Releases(place);
        engines = new NginxEngines(place);
        proxy = new ProxyEngine(place);
    }

    @Override
    public List<DaemonSpec> apply(String role, Map<String, Object> configuration) throws Exception {
        switch (role) {
            case Roles.PROXY -> {
                List<DaemonSpec> daemons = proxy.apply(Docs.read(configuration, ProxyDoc.class));
                isProxy = true;
                return daemons;
            }
            case Roles.WEB -> {
                WebDoc doc = Docs.read(configuration, WebDoc.class);
                releases.ensure(doc.code());
                return engines.web(doc);
            }
            case Roles.BACKEND -> {
                BackendDoc doc = Docs.read(configuration, BackendDoc.class);
                releases.ensure(doc.code());
                List<DaemonSpec> daemons = engines.backend(doc);
                for (PairDoc pair : doc.pairs()) {
                    AccessLog log = new AccessLog(place.log("backend-" + pair.slot() + "-access.log"));
                    access.putIfAbsent("backend-" + pair.slot(), log);
                }
                backend = doc;
                return daemons;
            }
            default -> throw new ApiException(ErrorCode.INVALID_ARGUMENT, "A PHP service has no role " + role + ".", "Use proxy, web or backend.");
        }
    }

    @Override
    public void releasing(String role) {
        if (role.equals(Roles.BACKEND)) {
            backend = null;
        } else if (role.equals(Roles.PROXY)) {
            isProxy = false;
        }
    }

    /**
     * {@code distribute} (a {@link CodeDoc}), {@code warm} {release}, {@code proxy_drain} {role, server, seconds} answers {drained},
     * {@code proxy_leave} {seconds} answers {left}, {@code proxy_info} answers {port}, {@code pairs} answers the {@link BackendDoc} in force without its key, {@code stats} the figures of the
     * last {@link #sample}.
     */
    @Override
    public Map<String, Object> call(String method, Map<String, Object> arguments) throws Exception {
        return switch (method) {
            case "distribute" -> {
                releases.ensure(Docs.read(arguments, CodeDoc.class));
                yield Map.of();
            }
            case "warm" -> warm(text(arguments, "release"));
            case "proxy_drain" -> Map.of("drained", proxy.drained(text(arguments, "role"), text(arguments, "server"),
                    Duration.ofSeconds(Long.parseLong(text(arguments, "seconds")))));
            case "proxy_leave" -> Map.of("left", proxy.left(Duration.ofSeconds(Long.parseLong(text(arguments, "seconds")))));
            case "proxy_info" -> Map.of("port", proxy.sitePort());
            case "pairs" -> pairs();
            case "stats" -> new LinkedHashMap<>(latest);
            default -> throw new ApiException(ErrorCode.NOT_FOUND, "method not found: " + method, "This agent knows distribute, warm, pairs, stats, proxy_drain, proxy_leave and proxy_info.");
        };
    }

    private static String text(Map<String, Object> arguments, String name) {
        Object value = arguments.get(name);
        if (value == null) {
            throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument \"" + name + "\"", "Give it.");
        }
        return value.toString();
    }

    /** Asks each pair three times: the first request compiles, the others reach further processes. */
    private Map<String, Object> warm(String release) throws IOException {
        Map<String, Object> statuses = new LinkedHashMap<>();
        BackendDoc doc = backend;
        if (doc != null) {
            for (PairDoc pair : doc.pairs()) {
                for (int i = 0; i < 3; i++) {
                    statuses.put(Integer.toString(pair.slot()), Warmup.status(place.address(), pair.port(), doc.key(), release, WARM));
                }
            }
        }
        return statuses;
    }

    private Map<String, Object> pairs() {
        BackendDoc doc = backend;
        if (doc == null && !place.context().supervisor().health(Roles.BACKEND).isEmpty()) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "The engines of the backend are just being found again.", "Ask again in a moment.");
        }
        return doc == null ? Map.of("pairs", List.of(), "key", "") : Docs.write(new BackendDoc("", doc.code(), doc.pairs()));
    }

    @Override
    public Map<String, Double> sample() throws Exception {
        Map<String, Double> figures = new LinkedHashMap<>();
        if (isProxy) {
            figures.putAll(proxy.sample());
        }
        if (backend != null) {
            for (AccessLog log : access.values()) {
                log.sample().forEach((name, value) -> figures.merge(name, value, Math::max));
            }
        }
        latest = figures;
        return figures;
    }

    @Override
    public Map<String, Path> logs() {
        Map<String, Path> logs = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(place.folder("log"))) {
            files.filter(Files::isRegularFile).sorted().forEach(f -> logs.put(f.getFileName().toString().replaceFirst("\\.log$", ""), f));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return logs;
    }
}
