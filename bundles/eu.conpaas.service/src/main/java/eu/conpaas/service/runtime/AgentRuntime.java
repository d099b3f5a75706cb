package eu.conpaas.service.runtime;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Download;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.agent.Supervisor.Health;
import eu.conpaas.service.manager.Agents;
import eu.conpaas.service.manager.ConfigurationHash;
import eu.conpaas.service.supervise.EngineUser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logic of an agent node whatever the service: keeps the configuration of its roles on disk, makes them so, and makes them so again when
 * it is started anew. Calls of different roles do not wait for one another.
 */
public final class AgentRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentRuntime.class);
    private static final long RETRY_MS = 5000;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> roles = new ConcurrentHashMap<>();
    private final Map<String, String> trouble = new ConcurrentHashMap<>();
    private final Environment environment;
    private final ServiceAgent agent;
    private final RoleStore store;
    private final StartupScript script;
    private volatile boolean closed;

    /** @param scriptUser who the user's start-up script runs as */
    public AgentRuntime(Environment environment, ServiceAgent agent, EngineUser scriptUser) throws IOException {
        this.script = new StartupScript(environment, scriptUser);
        this.environment = environment;
        this.agent = agent;
        this.store = new RoleStore(environment.folders().roles());
        roles.putAll(store.read());
        roles.forEach((role, configuration) -> {
            trouble.put(role, role + " is being brought up again");
            Thread.ofVirtual().name("restore " + role).start(() -> restore(role, configuration));
        });
    }

    /** Makes the role be as it was, however often it takes, unless it is configured anew or released meanwhile. */
    private void restore(String role, Map<String, Object> configuration) {
        while (!closed) {
            ReentrantLock lock = lock(role);
            lock.lock();
            try {
                if (roles.get(role) != configuration) {
                    return;
                }
                apply(role, configuration);
                return;
            } catch (ApiException e) {
                LOG.warn("role {} cannot be brought up again: {}", role, e.getMessage());
            } finally {
                lock.unlock();
            }
            try {
                Thread.sleep(RETRY_MS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /**
     * @param startup start-up script for a node that has had no role yet, or null
     * @see Agents#configure
     */
    public void configure(long epoch, String role, Map<String, Object> configuration, StartupScript.Order startup) {
        lock(role).lock();
        try {
            store.epoch(epoch);
            if (configuration.equals(roles.get(role)) && status(role).ready()) {
                return;
            }
            script.runOnce(startup);
            store.write(role, configuration);
            roles.put(role, configuration);
            Failpoint.AGENT_STORED.reached();
            apply(role, configuration);
            Failpoint.AGENT_CONFIGURED.reached();
        } catch (IOException e) {
            throw failed(role, e);
        } finally {
            lock(role).unlock();
        }
    }

    private void apply(String role, Map<String, Object> configuration) {
        try {
            List<DaemonSpec> daemons = agent.apply(role, configuration);
            Failpoint.AGENT_BEFORE_DAEMONS.reached();
            environment.supervisor().apply(role, daemons);
            trouble.remove(role);
        } catch (Exception e) {
            trouble.put(role, role + ": " + e.getMessage());
            throw failed(role, e);
        }
    }

    /** @see Agents#release */
    public void release(long epoch, String role) {
        lock(role).lock();
        try {
            store.epoch(epoch);
            if (roles.containsKey(role)) {
                agent.releasing(role);
            }
            environment.supervisor().stop(role);
            Failpoint.AGENT_RELEASED.reached();
            store.delete(role);
            roles.remove(role);
            trouble.remove(role);
        } catch (Exception e) {
            throw failed(role, e);
        } finally {
            lock(role).unlock();
        }
    }

    /** @see Agents#call */
    public Map<String, Object> call(long epoch, String method, Map<String, Object> arguments) {
        try {
            store.epoch(epoch);
            return agent.call(method, arguments);
        } catch (Exception e) {
            throw failed(method, e);
        }
    }

    /** @see ServiceAgent#save */
    void save(String part, OutputStream out) throws Exception {
        agent.save(part, out);
    }

    /** @see Agents#download */
    public Download download(long epoch, String method, Map<String, Object> arguments) {
        try {
            store.epoch(epoch);
            return agent.download(method, arguments);
        } catch (Exception e) {
            throw failed(method, e);
        }
    }

    /** @see Agents#status */
    public Agents.Status status(long epoch) {
        try {
            store.epoch(epoch);
        } catch (IOException e) {
            throw failed("status", e);
        }
        Map<String, Agents.RoleStatus> all = new TreeMap<>();
        roles.keySet().forEach(role -> all.put(role, status(role)));
        return new Agents.Status(all);
    }

    private Agents.RoleStatus status(String role) {
        Map<String, Object> configuration = roles.getOrDefault(role, Map.of());
        String wrong = trouble.get(role);
        if (wrong == null) {
            wrong = environment.supervisor().health(role).values().stream().filter(h -> !h.ready()).map(Health::detail).findFirst().orElse(null);
        }
        return new Agents.RoleStatus(wrong == null, ConfigurationHash.of(configuration), wrong);
    }

    /** What does not work, or null if everything does. */
    public String trouble() {
        return roles.keySet().stream().map(r -> status(r).detail()).filter(d -> d != null).findFirst().orElse(null);
    }

    /** Engine statistics; empty if they cannot be had now. */
    public Map<String, Double> sample() {
        try {
            return agent.sample();
        } catch (Exception e) {
            LOG.debug("no engine statistics: {}", e.getMessage());
            return Map.of();
        }
    }

    /** Log files beyond those of daemons. */
    public Map<String, Path> logs() {
        return new LinkedHashMap<>(agent.logs());
    }

    /** Stops all engines for good. */
    public void end() {
        closed = true;
        environment.supervisor().groups().forEach(environment.supervisor()::stop);
    }

    @Override
    public void close() {
        closed = true;
        agent.close();
    }

    private ReentrantLock lock(String role) {
        return locks.computeIfAbsent(role, r -> new ReentrantLock());
    }

    private static ApiException failed(String what, Exception e) {
        if (e instanceof ApiException known) {
            return known;
        }
        LOG.warn("{} failed", what, e);
        String cause = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new ApiException(ErrorCode.STEP_FAILED, what + ": " + cause, "See the node's log.", e);
    }
}
