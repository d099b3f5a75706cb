package eu.conpaas.service.web.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.web.Kind;
import eu.conpaas.service.web.Roles;
import eu.conpaas.service.web.agent.code.ReleaseForm;
import eu.conpaas.service.web.agent.code.Releases;
import eu.conpaas.service.web.agent.nginx.AccessLog;
import eu.conpaas.service.web.agent.nginx.Nginx;
import eu.conpaas.service.web.agent.proxy.ProxyEngine;
import eu.conpaas.service.web.agent.proxy.SessionDoor;
import eu.conpaas.service.web.doc.BackendDoc;
import eu.conpaas.service.web.doc.CodeDoc;
import eu.conpaas.service.web.doc.Docs;
import eu.conpaas.service.web.doc.EnginesDoc;
import eu.conpaas.service.web.doc.ProxyDoc;
import eu.conpaas.service.web.doc.SessionsDoc;
import eu.conpaas.service.web.doc.WebDoc;
import eu.conpaas.service.web.sessions.RedisDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Runs the engines of a web hosting service on one node: HAProxy, nginx for static files, what runs the application, in any combination. */
public abstract class HostingAgent implements ServiceAgent {
    private static final Duration WARM = Duration.ofSeconds(30);
    private final Kind kind;
    private final Place place;
    private final ReleaseForm form;
    private final Releases releases;
    private final Nginx nginx;
    private final ProxyEngine proxy;
    private final SessionDoor door;
    private final Map<String, AccessLog> access = new ConcurrentHashMap<>();
    private volatile Map<String, Double> latest = Map.of();
    private volatile BackendDoc backend;
    private volatile boolean isProxy;

    protected HostingAgent(AgentContext context, Kind kind, ReleaseForm form) {
        place = new Place(context);
        releases = new Releases(place, form);
        this.form = form;
        nginx = new Nginx(place);
        proxy = new ProxyEngine(place, kind.busy());
        door = new SessionDoor(place);
        this.kind = kind;
    }

    protected Place place() {
        return place;
    }

    /** The daemons of a backend; each set of engines answers at its port and writes {@code log/backend-SLOT-access.log}. */
    protected abstract List<DaemonSpec> backend(BackendDoc doc) throws Exception;

    /** A release has come to this backend beside those that its {@link BackendDoc} names; it will be asked for soon. */
    protected void arrived(String release) throws Exception {
    }

    /** Regular expression of paths that are a backend's even where there is a file. */
    protected abstract String dynamic();

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
                ensure(doc.code(), doc.old());
                return nginx.web(doc, form.files(), dynamic());
            }
            case Roles.BACKEND -> {
                BackendDoc doc = Docs.read(configuration, BackendDoc.class);
                ensure(doc.code(), doc.old());
                List<DaemonSpec> daemons = new ArrayList<>(List.of(door.lead(doc.store())));
                daemons.addAll(backend(doc));
                for (EnginesDoc set : doc.engines()) {
                    AccessLog log = new AccessLog(place.log("backend-" + set.slot() + "-access.log"));
                    access.putIfAbsent("backend-" + set.slot(), log);
                }
                backend = doc;
                return daemons;
            }
            case Roles.SESSIONS_COPY -> {
                return List.of(copy(Docs.read(configuration, SessionsDoc.class)));
            }
            default -> throw new ApiException(ErrorCode.INVALID_ARGUMENT, "A service of the type " + kind.id() + " has no role " + role + ".", "Use proxy, web or backend.");
        }
    }

    private DaemonSpec copy(SessionsDoc doc) throws IOException {
        return new RedisDaemon("redis-copy", place.address(), Roles.SESSIONS, doc.password(), place.folder("etc").resolve("redis-copy.conf"),
                place.folder("sessions"), doc.address(), doc.manager()).spec();
    }

    private void ensure(CodeDoc code, List<CodeDoc> old) throws IOException {
        releases.ensure(code);
        for (CodeDoc release : old) {
            releases.ensure(release);
        }
    }

    @Override
    public void releasing(String role) {
        if (role.equals(Roles.BACKEND)) {
            backend = null;
        } else if (role.equals(Roles.PROXY)) {
            isProxy = false;
            proxy.releasing();
        }
    }

    /**
     * {@code distribute} (a {@link CodeDoc}, and whether to {@code warm} it), {@code warm} {release}, {@code proxy_drain} {role, server, seconds} answers {drained},
     * {@code proxy_leave} {seconds} answers {left}, {@code proxy_quiet} {seconds} answers {quiet}, {@code proxy_info} answers {port}, {@code engines} answers the {@link BackendDoc} in force without its key, {@code stats} the figures of the
     * last {@link #sample}.
     */
    @Override
    public Map<String, Object> call(String method, Map<String, Object> arguments) throws Exception {
        return switch (method) {
            case "distribute" -> {
                CodeDoc code = Docs.read(arguments, CodeDoc.class);
                releases.ensure(code);
                if (backend != null) {
                    arrived(code.release().name());
                }
                yield Boolean.TRUE.equals(arguments.get("warm")) ? warm(code.release().name()) : Map.of();
            }
            case "warm" -> warm(text(arguments, "release"));
            case "proxy_drain" -> Map.of("drained", proxy.drained(text(arguments, "role"), text(arguments, "server"),
                    Duration.ofSeconds(Long.parseLong(text(arguments, "seconds")))));
            case "proxy_leave" -> Map.of("left", proxy.left(Duration.ofSeconds(Long.parseLong(text(arguments, "seconds")))));
            case "proxy_quiet" -> Map.of("quiet", proxy.quiet(Duration.ofSeconds(Long.parseLong(text(arguments, "seconds")))));
            case "proxy_info" -> Map.of("port", proxy.sitePort());
            case "engines" -> engines();
            case "stats" -> new LinkedHashMap<>(latest);
            default -> throw new ApiException(ErrorCode.NOT_FOUND, "method not found: " + method, "This agent knows distribute, warm, engines, stats, proxy_drain, proxy_leave, proxy_quiet and proxy_info.");
        };
    }

    private static String text(Map<String, Object> arguments, String name) {
        Object value = arguments.get(name);
        if (value == null) {
            throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument \"" + name + "\"", "Give it.");
        }
        return value.toString();
    }

    /** Asks each set of engines three times: the first request compiles, the others reach further processes. */
    private Map<String, Object> warm(String release) throws IOException {
        Map<String, Object> statuses = new LinkedHashMap<>();
        BackendDoc doc = backend;
        if (doc != null) {
            for (EnginesDoc set : doc.engines()) {
                for (int i = 0; i < 3; i++) {
                    statuses.put(Integer.toString(set.slot()), Warmup.status(place.address(), set.port(), doc.key(), release, WARM));
                }
            }
        }
        return statuses;
    }

    private Map<String, Object> engines() {
        BackendDoc doc = backend;
        if (doc == null && !place.context().supervisor().health(Roles.BACKEND).isEmpty()) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "The engines of the backend are just being found again.", "Ask again in a moment.");
        }
        return doc == null ? Map.of("engines", List.of(), "key", "") : Docs.write(new BackendDoc("", doc.code(), doc.engines(), doc.store(), doc.old()));
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
