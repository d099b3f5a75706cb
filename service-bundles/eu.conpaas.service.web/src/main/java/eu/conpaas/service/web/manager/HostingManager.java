package eu.conpaas.service.web.manager;

import static eu.conpaas.service.web.Roles.BACKEND;
import static eu.conpaas.service.web.Roles.PROXY;
import static eu.conpaas.service.web.Roles.SESSIONS_COPY;
import static eu.conpaas.service.web.Roles.WEB;

import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.data.ServiceData;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.RoleManager;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.plan.SettingValues;
import eu.conpaas.service.web.Kind;
import eu.conpaas.service.web.doc.BackendDoc;
import eu.conpaas.service.web.doc.CodeDoc;
import eu.conpaas.service.web.doc.Docs;
import eu.conpaas.service.web.doc.EnginesDoc;
import eu.conpaas.service.web.doc.SessionDoc;
import eu.conpaas.service.web.doc.WebDoc;
import eu.conpaas.service.web.plan.HostingSteps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The logic of a web hosting service. Whatever changes, new engines are up before proxies are told of them, and old ones stop when no proxy has
 * anything under way on them.
 */
public abstract class HostingManager extends RoleManager {
    private static final Duration DISTRIBUTE = Duration.ofMinutes(5);
    private static final Duration WARM = Duration.ofMinutes(2);
    private static final int MARGIN = 10;
    /** Seconds that clients of a leaving proxy have at most: more than an idle connection is kept. */
    private static final int LEAVE = 130;
    private final Slots slots = new Slots();
    private final ServiceDescriptor descriptor;
    private final Kind kind;
    private final ManagerContext context;
    private final Answers answers;
    private final Sessions sessions;

    protected HostingManager(ServiceDescriptor descriptor, Kind kind, ManagerContext context) {
        this.descriptor = descriptor;
        this.kind = kind;
        this.context = context;
        this.answers = new Answers(descriptor, kind);
        this.sessions = new Sessions(context);
    }

    /** Requests that a backend answers at the same time. @param settings all of the service */
    protected abstract int children(Map<String, String> settings);

    /** Seconds after which a request to these engines is given up. */
    protected abstract int limit(EnginesDoc engines);

    /** What the engines of a backend have to know of the session store, apart from where it is: that is always their own node's door. */
    protected abstract String sessions(SessionStore store);

    private Arrangement arrangement(Situation situation) {
        return new Arrangement(descriptor, kind, situation, children(settings(situation)));
    }

    /** All settings, those with their default value too. */
    protected final Map<String, String> settings(Situation situation) {
        return SettingValues.effective(descriptor, situation.to().settings());
    }

    /** Whether backends are asked for everything, files too. */
    protected boolean backendOnly(Situation situation) {
        return false;
    }

    /** Name of the cookie by which users stay with a backend and a code version, or null if they need not. */
    protected String cookie() {
        return null;
    }

    /** Code versions that may have sessions left; as many of them are kept as shall be. */
    protected List<String> living(SessionStore store, Situation situation) {
        return List.of();
    }

    private List<CodeDoc> old(Situation situation) {
        return arrangement(situation).old(living(sessions.store(arrangement(situation).password()), situation));
    }

    private SessionDoc bound(Situation situation) {
        return cookie() == null ? null : new SessionDoc(cookie(), old(situation).stream().collect(Collectors.toMap(CodeDoc::version, d -> d.release().name())));
    }

    @Override
    public void open(Situation situation) throws Exception {
        sessions.open(situation, arrangement(situation));
    }

    @Override
    public void close() {
        sessions.close();
    }

    @Override
    protected Set<String> beside(NodeView node, Situation situation) {
        return sessions.isForCopy(node, situation) ? Set.of(SESSIONS_COPY) : Set.of();
    }

    @Override
    protected Map<String, Object> configuration(NodeView node, String role, Situation situation) {
        Arrangement arrangement = arrangement(situation);
        return Docs.write(switch (role) {
            case PROXY -> arrangement.proxy(node, n -> Slots.serving(slots.of(n, situation.agents()), wanted(situation)), backendOnly(situation), bound(situation));
            case WEB -> new WebDoc(arrangement.key(), arrangement.code(), old(situation));
            case SESSIONS_COPY -> sessions.copyDoc(arrangement);
            default -> backend(List.of(wanted(situation).in(Slots.slot(slots.of(node, situation.agents()), wanted(situation)))), situation);
        });
    }

    private BackendDoc backend(List<EnginesDoc> engines, Situation situation) {
        Arrangement arrangement = arrangement(situation);
        return new BackendDoc(arrangement.key(), arrangement.code(), engines, context.node().address(), old(situation));
    }

    private EnginesDoc wanted(Situation situation) {
        return arrangement(situation).engines(sessions(sessions.store(arrangement(situation).password())));
    }

    @Override
    protected void other(PlanStep step, Situation situation) throws Exception {
        NodeView node = situation.assignment().node(step.node());
        switch (step.kind()) {
            case HostingSteps.DISTRIBUTE -> distribute(node, situation);
            case HostingSteps.PREPARE -> prepare(node, situation);
            case HostingSteps.WARM -> situation.agents().call(node, "warm", Map.of("release", release(situation)), WARM);
            case HostingSteps.RETIRE -> retire(node, situation);
            default -> super.other(step, situation);
        }
    }

    /** Engines that stay answer a first request at once; those that don't need not know the release. */
    private void distribute(NodeView node, Situation situation) {
        Map<String, Object> code = new LinkedHashMap<>(Docs.write(arrangement(situation).code()));
        code.put("warm", wanted(situation).fingerprint().equals(wanted(back(situation)).fingerprint()));
        situation.agents().call(node, "distribute", code, DISTRIBUTE);
    }

    private String release(Situation situation) {
        return arrangement(situation).code().release().name();
    }

    /** Starts the wanted set beside the one there is, which is left as it is. */
    private void prepare(NodeView node, Situation situation) {
        List<EnginesDoc> there = slots.of(node, situation.agents());
        EnginesDoc wanted = wanted(situation);
        List<EnginesDoc> both = new ArrayList<>(there);
        if (!Slots.has(there, wanted)) {
            both = new ArrayList<>(there.size() > 1 ? List.of(used(there, situation)) : there);
            both.add(wanted.in(Slots.slot(both, wanted)));
        }
        configure(node, both, situation);
    }

    /** Of two sets the one that is in use: that of the state before, if it is one of them. */
    private EnginesDoc used(List<EnginesDoc> two, Situation situation) {
        EnginesDoc before = wanted(back(situation));
        return two.stream().filter(p -> p.fingerprint().equals(before.fingerprint())).findFirst().orElse(two.getFirst());
    }

    private void retire(NodeView node, Situation situation) {
        EnginesDoc wanted = wanted(situation);
        List<EnginesDoc> there = slots.of(node, situation.agents());
        int slot = Slots.slot(there, wanted);
        for (EnginesDoc old : there) {
            if (old.slot() != slot) {
                drained(Arrangement.server(node, old.slot()), BACKEND, limit(old), situation);
            }
        }
        configure(node, List.of(wanted.in(slot)), situation);
    }

    private void configure(NodeView node, List<EnginesDoc> engines, Situation situation) {
        situation.agents().configure(node, BACKEND, Docs.write(backend(engines, situation)));
    }

    /** Back to the set of before; the set that was prepared has never been used. */
    @Override
    protected void undoOther(PlanStep step, Situation situation) throws Exception {
        if (step.kind().equals(HostingSteps.PREPARE) && !situation.assignment().dead().contains(step.node())) {
            Situation back = back(situation);
            NodeView node = situation.assignment().node(step.node());
            if (Slots.has(slots.of(node, situation.agents()), wanted(back))) {
                situation.agents().configure(node, BACKEND, configuration(node, BACKEND, back));
            }
        }
    }

    /** Tells all proxies at once, those that leave too: their clients are served until they are gone. */
    @Override
    protected void switchOver(Situation situation) throws Exception {
        if (situation.to().goal() != Goal.RUNNING) {
            return;
        }
        eachInParallel(proxies(situation), node -> situation.agents().configure(node, PROXY, configuration(node, PROXY, situation)));
        sessions.placeCopy(situation, arrangement(situation));
    }

    static void inParallel(List<NodeView> nodes, Consumer<NodeView> action) throws InterruptedException {
        eachInParallel(nodes, action);
    }

    private static List<NodeView> proxies(Situation situation) {
        return Stream.concat(situation.nodes(situation.to(), PROXY).stream(), situation.nodes(situation.from(), PROXY).stream()).distinct().toList();
    }

    /**
     * A proxy closes its doors and serves who is inside; nothing is released before, so that web and backends are there for them when the whole
     * service stops, and so is the door by which the web role hands requests back. Of other roles proxies know when they are done.
     */
    @Override
    protected void drain(NodeView node, String role, Situation situation) throws Exception {
        if (role.equals(PROXY)) {
            String how = situation.to().goal() == Goal.RUNNING ? "proxy_leave" : "proxy_quiet";
            situation.agents().call(node, how, Map.of("seconds", LEAVE), Duration.ofSeconds(LEAVE + MARGIN));
            return;
        }
        if (situation.to().goal() != Goal.RUNNING) {
            return;
        }
        int seconds = limit(wanted(situation));
        if (role.equals(WEB)) {
            drained(Arrangement.server(node), WEB, seconds, situation);
        } else {
            drained(Arrangement.server(node, 0), BACKEND, seconds, situation);
            drained(Arrangement.server(node, 1), BACKEND, seconds, situation);
        }
    }

    /** Waits, within bounds, until no proxy has anything under way on the engine. What then remains is ended gracefully by the engine itself. */
    private static void drained(String server, String role, int seconds, Situation situation) {
        for (NodeView proxy : proxies(situation)) {
            situation.agents().call(proxy, "proxy_drain", Map.of("role", role, "server", server, "seconds", seconds), Duration.ofSeconds(seconds + MARGIN));
        }
    }

    /**
     * Before the usual repairs: backends whose engines are not as wanted (what others publish has changed, a change was interrupted) get a
     * second set, proxies are led to it, and only then does the first set stop. The same before roles that should not be there are stopped.
     */
    @Override
    public List<String> converge(Situation situation) throws Exception {
        open(situation);
        boolean moved = false;
        for (NodeView node : situation.nodes(situation.to(), BACKEND)) {
            moved |= rolled(node, situation);
        }
        if (moved || surplus(situation)) {
            switchOver(situation);
            for (NodeView node : situation.nodes(situation.to(), BACKEND)) {
                if (slots.of(node, situation.agents()).size() > 1) {
                    retire(node, situation);
                }
            }
        }
        List<String> hopeless = super.converge(situation);
        sessions.awaitCopy(situation, arrangement(situation));
        return hopeless;
    }

    private boolean rolled(NodeView node, Situation situation) {
        try {
            List<EnginesDoc> there = slots.of(node, situation.agents());
            if (!there.isEmpty() && !Slots.has(there, wanted(situation))) {
                prepare(node, situation);
                return true;
            }
            return there.size() > 1;
        } catch (eu.conpaas.api.ApiException e) {
            if (e.error().code() == eu.conpaas.api.ErrorCode.STALE_EPOCH) {
                throw e;
            }
            return false;
        }
    }

    private static boolean surplus(Situation situation) {
        for (NodeView node : situation.nodes(situation.to(), PROXY)) {
            for (String role : List.of(WEB, BACKEND)) {
                if (!situation.to().nodesWith(role).contains(node.id()) && situation.agents().status(node).roles().containsKey(role)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public Map<String, Object> query(String method, Map<String, Object> arguments, Situation situation) throws Exception {
        return method.equals("get_service_performance") ? performance(situation) : answers.query(method, arguments, situation);
    }

    private Map<String, Object> performance(Situation situation) {
        Map<String, Object> figures = new LinkedHashMap<>(Map.of("request_rate", 0.0, "error_rate", 0.0, "throughput", 0.0, "response_time", 0.0));
        figures.putAll(metrics(situation));
        return figures;
    }

    @Override
    public Map<String, String> published(Situation situation) {
        return answers.published(situation);
    }

    @Override
    public ServiceData data() {
        return new PersistentFiles(context);
    }

    @Override
    public Map<String, Double> metrics(Situation situation) {
        return new Figures(situation, kind.busy()).all();
    }
}
