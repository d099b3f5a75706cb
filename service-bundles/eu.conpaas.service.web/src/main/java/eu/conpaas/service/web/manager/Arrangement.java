package eu.conpaas.service.web.manager;

import static eu.conpaas.service.web.Roles.BACKEND;
import static eu.conpaas.service.web.Roles.PROXY;
import static eu.conpaas.service.web.Roles.WEB;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.plan.SettingValues;
import eu.conpaas.service.reference.ApplicationEnvironment;
import eu.conpaas.service.web.Kind;
import eu.conpaas.service.web.Release;
import eu.conpaas.service.web.Roles;
import eu.conpaas.service.web.doc.CodeDoc;
import eu.conpaas.service.web.doc.EnginesDoc;
import eu.conpaas.service.web.doc.ProxyDoc;
import eu.conpaas.service.web.doc.ServerDoc;
import eu.conpaas.service.web.doc.SessionDoc;
import eu.conpaas.service.web.plan.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** What engines are told, worked out from the situation alone. */
final class Arrangement {
    private static final int WEB_SLOTS = 400;
    private final ServiceDescriptor descriptor;
    private final Situation situation;
    private final Kind kind;
    private final int children;

    /** @param children requests that a backend answers at the same time; proxies send it no more */
    Arrangement(ServiceDescriptor descriptor, Kind kind, Situation situation, int children) {
        this.descriptor = descriptor;
        this.kind = kind;
        this.situation = situation;
        this.children = children;
    }

    /** What proves to engines that a request came through a proxy. */
    String key() {
        return secret("proxy");
    }

    /** Password of the session store. */
    String password() {
        return secret("sessions");
    }

    private String secret(String use) {
        if (situation.assignment().secrets().isEmpty()) {
            throw new ApiException(ErrorCode.INTERNAL, "The director gave the service no secret to protect its engines with.", "Report this to whoever runs the director.");
        }
        return Release.digest(use + new TreeMap<>(situation.assignment().secrets())).substring(0, 40);
    }

    /** The release that shall be active. */
    CodeDoc code() {
        return code(Release.of(situation.to()));
    }

    /** Releases of old versions that are still stored. @param versions code version ids */
    List<CodeDoc> old(List<String> versions) {
        String active = Release.of(situation.to()).version();
        return versions.stream().filter(v -> !v.equals(active)).filter(v -> v.equals(Release.DEFAULT) || situation.assignment().versions().stream().anyMatch(s -> s.id().equals(v)))
                .sorted().map(v -> code(Release.of(v, situation.to()))).toList();
    }

    private CodeDoc code(Release release) {
        if (release.version().equals(Release.DEFAULT)) {
            return new CodeDoc(release.version(), release.persistent(), null, 0, keep());
        }
        CodeVersion version = situation.assignment().versions().stream().filter(v -> v.id().equals(release.version())).findFirst()
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "The code version " + release.version() + " is not stored any more.",
                        "Activate another version."));
        return new CodeDoc(release.version(), release.persistent(), version.hash(), version.time().toEpochMilli(), keep());
    }

    private List<String> keep() {
        TreeSet<String> keep = new TreeSet<>();
        for (DesiredState state : List.of(situation.from(), situation.to())) {
            keep.add(Release.of(state).name());
            keep.add(Release.of(Release.DEFAULT, state).name());
            situation.assignment().versions().forEach(v -> keep.add(Release.of(v.id(), state).name()));
        }
        return List.copyOf(keep);
    }

    /** The engines a backend shall have. */
    EnginesDoc engines(String sessions) {
        Map<String, String> settings = SettingValues.effective(descriptor, situation.to().settings());
        settings.keySet().removeAll(kind.outside());
        return new EnginesDoc(0, settings, ApplicationEnvironment.of(situation), sessions, children);
    }

    /**
     * @param slot        tells which set of a backend is to be used
     * @param backendOnly whether backends are asked for everything, files too
     * @param sessions    how sessions are treated, or null
     */
    ProxyDoc proxy(NodeView node, ToIntFunction<NodeView> slot, boolean backendOnly, SessionDoc sessions) {
        List<ServerDoc> web = new ArrayList<>();
        for (NodeView n : situation.nodes(situation.to(), WEB)) {
            web.add(new ServerDoc(server(n), n.address(), Roles.WEB_PORT, WEB_SLOTS, Weights.of(situation.to(), WEB, n.id())));
        }
        List<ServerDoc> backend = new ArrayList<>();
        for (NodeView n : situation.nodes(situation.to(), BACKEND)) {
            int s = slot.applyAsInt(n);
            backend.add(new ServerDoc(server(n, s), n.address(), Roles.BACKEND_PORT + s, children, Weights.of(situation.to(), BACKEND, n.id())));
        }
        return new ProxyDoc(publicAddress(node), Release.of(situation.to()).name(), key(), web, backend, backendOnly, sessions);
    }

    /**
     * Every proxy listens on the public address, so that nothing is restarted when it moves; but on one machine's loopback addresses, where
     * all of them would get their share of it, only the first.
     */
    private String publicAddress(NodeView node) {
        boolean first = situation.to().nodesWith(PROXY).stream().findFirst().filter(node.id()::equals).isPresent();
        return first || !node.address().startsWith("127.") ? situation.assignment().address() : null;
    }

    static String server(NodeView node) {
        return node.id().replaceAll("[^A-Za-z0-9-]", "-");
    }

    static String server(NodeView node, int slot) {
        return server(node) + "-" + slot;
    }
}
