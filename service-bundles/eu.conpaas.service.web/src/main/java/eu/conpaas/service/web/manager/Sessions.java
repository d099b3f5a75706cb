package eu.conpaas.service.web.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.web.Roles;
import eu.conpaas.service.web.doc.BackendDoc;
import eu.conpaas.service.web.doc.Docs;
import eu.conpaas.service.web.doc.SessionsDoc;
import eu.conpaas.service.web.sessions.RedisClient;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where sessions are: in the store beside the manager, followed by a copy on the first proxy's node. Backends reach the store through a door of
 * their own node, which waits while there is none. A manager on a new node begins with what the shared folder or the copy has, and then leads the
 * doors to itself; so requests wait while a manager's node is replaced, and find their sessions.
 */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final String GROUP = "sessions";
    private static final String SEED = "sessions-seed";
    private static final Duration ASK = Duration.ofSeconds(10);
    /** How long a copy that does not answer is asked again. */
    private static final Duration MISSING = Duration.ofSeconds(5);
    private static final Duration COPYING = Duration.ofMinutes(2);
    private static final String ONLINE = "state=online";
    private static final String DOWN = "master_link_down_since_seconds:";
    /** Seconds after which a copy has lost its store too early to be the best there is. */
    private static final int LONG_AGO = 300;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private final ManagerContext context;
    private boolean leading;
    private boolean copied = true;

    Sessions(ManagerContext context) {
        this.context = context;
    }

    SessionStore store(String password) {
        return new SessionStore(context.node().node(), context.node().address(), context.folder(), context.sharedFolder(), password);
    }

    /** Makes the store run, and lead there. */
    void open(Situation situation, Arrangement arrangement) throws IOException, InterruptedException {
        SessionStore store = store(arrangement.password());
        if (!store.hasData()) {
            begin(store, copy(situation.from().goal() == Goal.RUNNING ? firstProxy(situation, true) : Optional.empty(), situation));
        }
        context.supervisor().apply(GROUP, List.of(store.daemon()));
        store.dropLocks();
        if (!leading) {
            lead(situation, arrangement);
            leading = true;
        }
    }

    void close() {
        context.supervisor().stop(GROUP);
        leading = false;
    }

    private static Optional<NodeView> firstProxy(Situation situation, boolean before) {
        return situation.nodes(before ? situation.from() : situation.to(), Roles.PROXY).stream().findFirst();
    }

    private static Optional<NodeView> copy(Optional<NodeView> node, Situation situation) {
        return node.filter(n -> n.address() != null && !situation.assignment().dead().contains(n.id()));
    }

    /** Whether this node is the one that shall have the copy. */
    boolean isForCopy(NodeView node, Situation situation) {
        return situation.to().goal() == Goal.RUNNING && firstProxy(situation, false).filter(n -> n.id().equals(node.id())).isPresent();
    }

    /** What the copy is told. */
    SessionsDoc copyDoc(Arrangement arrangement) {
        return new SessionsDoc(context.node().node(), context.node().address(), arrangement.password());
    }

    /** After the switch: the copy may have got another node. It is not worth a failure; the reconciler tries again. */
    void placeCopy(Situation situation, Arrangement arrangement) {
        copy(firstProxy(situation, false), situation).ifPresent(node -> {
            try {
                situation.agents().configure(node, Roles.SESSIONS_COPY, Docs.write(copyDoc(arrangement)));
            } catch (ApiException e) {
                unlessStale(e);
                LOG.warn("the copy of the session store on {} has to wait: {}", node.id(), e.getMessage());
            }
        });
    }

    /** Waits, within bounds, until the copy has all that the store has. */
    void awaitCopy(Situation situation, Arrangement arrangement) throws InterruptedException {
        if (situation.to().goal() != Goal.RUNNING || copy(firstProxy(situation, false), situation).isEmpty()) {
            return;
        }
        RedisClient store = new RedisClient(context.node().address(), Roles.SESSIONS, arrangement.password());
        long deadline = System.nanoTime() + ASK.toNanos();
        try {
            boolean found = store.ask("INFO replication").contains(ONLINE);
            while (!found && System.nanoTime() < deadline) {
                situation.cancel().check();
                pause();
                found = store.ask("INFO replication").contains(ONLINE);
            }
            if (copied && !found) {
                LOG.warn("the session store has no copy");
            }
            copied = found;
        } catch (IOException e) {
            LOG.warn("the session store does not answer: {}", e.getMessage());
        }
    }

    /**
     * A new store begins with what the copy has, which lags behind by milliseconds; the shared folder may lack the last second or two, but is
     * better than a copy that did not follow to the end.
     */
    private void begin(SessionStore store, Optional<NodeView> node) throws IOException, InterruptedException {
        Optional<String> state = node.isEmpty() ? Optional.empty() : state(client(node.get(), store));
        if (state.filter(Sessions::hasFollowed).isEmpty()) {
            store.takeOver();
        }
        if (!store.hasData() && state.isPresent()) {
            fetch(store, node.get());
        } else if (!store.hasData() && node.isPresent()) {
            LOG.warn("the copy of the session store on {} does not answer: sessions begin anew", node.get().id());
        }
    }

    private static RedisClient client(NodeView node, SessionStore store) {
        return new RedisClient(node.address(), Roles.SESSIONS, store.password());
    }

    /** What the copy says of itself; nothing if it does not answer. */
    private static Optional<String> state(RedisClient copy) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + MISSING.toNanos();
        while (true) {
            try {
                return Optional.of(copy.ask("INFO replication"));
            } catch (SocketException | SocketTimeoutException e) {
                if (System.nanoTime() > deadline) {
                    return Optional.empty();
                }
                pause();
            }
        }
    }

    /** Whether it followed a store until that one died; one that stands alone was found so by a manager that has ended meanwhile. */
    static boolean hasFollowed(String state) {
        int down = state.lines().filter(l -> l.startsWith(DOWN)).mapToInt(l -> Integer.parseInt(l.substring(DOWN.length()).strip())).findFirst().orElse(0);
        return state.contains("role:master") || state.contains("master_sync_in_progress:0") && down >= 0 && down < LONG_AGO;
    }

    /** Copies what the copy has. Before that it stops following: this node may have the address of the store it followed. */
    private void fetch(SessionStore store, NodeView node) throws IOException, InterruptedException {
        client(node, store).tell("REPLICAOF NO ONE");
        try {
            context.supervisor().apply(SEED, List.of(store.seed(node.address())));
            awaitCopied(new RedisClient(store.address(), Roles.SESSIONS_SEED, store.password()));
        } finally {
            context.supervisor().stop(SEED);
        }
        store.seeded();
        LOG.info("sessions taken over from the copy on {}", node.id());
    }

    /** Until all is there and is on disk. */
    private static void awaitCopied(RedisClient seed) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + COPYING.toNanos();
        while (!isCopied(seed.ask("INFO"))) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the copy of the session store could not be copied within " + COPYING.toSeconds() + " s");
            }
            pause();
        }
    }

    static boolean isCopied(String info) {
        List<String> lines = info.lines().toList();
        return lines.containsAll(List.of("master_link_status:up", "loading:0", "aof_enabled:1", "aof_rewrite_in_progress:0", "aof_rewrite_scheduled:0",
                "aof_last_bgrewrite_status:ok", "aof_last_write_status:ok"));
    }

    private static void pause() throws InterruptedException {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Tells backends, which are otherwise left as they are, where the store is. Those that do not answer are the reconciler's. */
    private void lead(Situation situation, Arrangement arrangement) throws InterruptedException {
        List<NodeView> backends = situation.nodes(situation.from(), Roles.BACKEND).stream()
                .filter(n -> n.address() != null && !situation.assignment().dead().contains(n.id())).toList();
        HostingManager.inParallel(backends, node -> {
            try {
                BackendDoc now = Docs.read(situation.agents().call(node, "engines", Map.of(), ASK), BackendDoc.class);
                if (!now.engines().isEmpty() && !context.node().address().equals(now.store())) {
                    situation.agents().configure(node, Roles.BACKEND,
                            Docs.write(new BackendDoc(arrangement.key(), now.code(), now.engines(), context.node().address(), now.old())));
                }
            } catch (ApiException e) {
                unlessStale(e);
                LOG.warn("{} is told of the session store later: {}", node.id(), e.getMessage());
            }
        });
    }

    private static void unlessStale(ApiException e) {
        if (e.error().code() == ErrorCode.STALE_EPOCH) {
            throw e;
        }
    }
}
