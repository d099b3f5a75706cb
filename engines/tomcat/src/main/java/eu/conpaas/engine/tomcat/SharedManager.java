package eu.conpaas.engine.tomcat;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Session;
import org.apache.catalina.session.ManagerBase;
import org.apache.catalina.session.StandardSession;
import org.apache.catalina.util.StandardSessionIdGenerator;
import org.apache.juli.logging.Log;
import org.apache.juli.logging.LogFactory;

/**
 * Sessions of one code version. Each is stored after every request that used it and stays in memory, where it is used again as long as nobody
 * else has stored it meanwhile: then it is read anew. While the store is away, what is in memory goes on.
 */
final class SharedManager extends ManagerBase {
    private static final Log LOG = LogFactory.getLog(SharedManager.class);
    /** Sessions that the request of this thread has asked for. */
    private static final ThreadLocal<Set<Session>> USED = new ThreadLocal<>();
    private final String version;
    private final Sessions store;
    private final AtomicBoolean away = new AtomicBoolean();

    /** @param version code version; ids of its sessions end with it */
    SharedManager(String version, Sessions store) {
        this.version = version;
        this.store = store;
        setPersistAuthentication(true);
        setSessionIdGenerator(new StandardSessionIdGenerator() {
            @Override
            public String generateSessionId(String route) {
                return super.generateSessionId(SharedManager.this.version);
            }
        });
    }

    /** The code version a session id belongs to, or null. */
    static String versionOf(String id) {
        int dot = id == null ? -1 : id.indexOf('.');
        return dot < 0 ? null : id.substring(dot + 1);
    }

    /** A request begins on this thread. */
    static void begin() {
        USED.set(new HashSet<>());
    }

    /** It has ended. @return the sessions it has used */
    static Set<Session> end() {
        Set<Session> used = USED.get();
        USED.remove();
        return used == null ? Set.of() : used;
    }

    private static Session used(Session session) {
        Set<Session> used = USED.get();
        if (used != null && session != null) {
            used.add(session);
        }
        return session;
    }

    @Override
    public void add(Session session) {
        super.add(session);
        used(session);
    }

    @Override
    public String getName() {
        return "SharedManager";
    }

    @Override
    protected void startInternal() throws LifecycleException {
        super.startInternal();
        setState(LifecycleState.STARTING);
    }

    /** Forgets what is in memory; the sessions go on elsewhere. */
    @Override
    protected void stopInternal() throws LifecycleException {
        setState(LifecycleState.STOPPING);
        sessions.clear();
        super.stopInternal();
    }

    @Override
    public void load() {
        // sessions are read one by one, when they are asked for
    }

    @Override
    public void unload() {
        // each session was stored after its last request
    }

    @Override
    protected StandardSession getNewSession() {
        return new SharedSession(this);
    }

    @Override
    public Session createEmptySession() {
        return getNewSession();
    }

    @Override
    public Session findSession(String id) throws IOException {
        if (!version.equals(versionOf(id))) {
            return null;
        }
        SharedSession here = (SharedSession) sessions.get(id);
        try {
            if (here == null || here.stamp() != null && !here.stamp().equals(store.stamp(id))) {
                return used(read(id, here));
            }
            back();
            return used(here);
        } catch (IOException e) {
            gone(e);
            if (here == null) {
                throw e;
            }
            return used(here);
        }
    }

    private synchronized Session read(String id, SharedSession old) throws IOException {
        SharedSession now = (SharedSession) sessions.get(id);
        if (now != null && now != old) {
            return now;
        }
        Sessions.Stored stored = store.load(id);
        back();
        if (stored == null) {
            sessions.remove(id);
            return null;
        }
        SharedSession session = (SharedSession) createEmptySession();
        session.read(id, stored.content());
        session.stamp(stored.stamp());
        if (!session.isValid()) {
            return null;
        }
        add(session);
        session.activate();
        return session;
    }

    /** Stores a session that a request has used. */
    void save(Session session) {
        SharedSession shared = (SharedSession) session;
        if (!shared.isValid()) {
            return;
        }
        try {
            shared.stamp(store.save(shared.getIdInternal(), version, shared.write(), shared.getMaxInactiveInterval()));
            back();
        } catch (IOException e) {
            gone(e);
        }
    }

    @Override
    public void remove(Session session, boolean update) {
        super.remove(session, update);
        try {
            store.remove(session.getIdInternal());
        } catch (IOException e) {
            gone(e);
        }
    }

    /** Ends sessions nobody has used for long; those that were used elsewhere are forgotten here. */
    @Override
    public void processExpires() {
        long now = System.currentTimeMillis();
        for (Session session : findSessions()) {
            int life = session.getMaxInactiveInterval();
            if (life > 0 && (now - session.getThisAccessedTimeInternal()) / 1000 >= life) {
                end((SharedSession) session);
            }
        }
    }

    private void end(SharedSession session) {
        try {
            String stamp = store.stamp(session.getIdInternal());
            if (session.stamp() != null && !session.stamp().equals(stamp)) {
                sessions.remove(session.getIdInternal(), session);
            } else {
                session.isValid();
            }
        } catch (IOException e) {
            gone(e);
        }
    }

    private void gone(IOException e) {
        if (away.compareAndSet(false, true)) {
            LOG.warn("The session store cannot be reached; sessions stay on this node until it can: " + e.getMessage());
        }
    }

    private void back() {
        if (away.compareAndSet(true, false)) {
            LOG.info("The session store can be reached again.");
        }
    }
}
