package eu.conpaas.service.web.testkit;

import eu.conpaas.api.NodeContext;
import eu.conpaas.api.NodeKind;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Supervisor;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.supervise.EngineUser;
import eu.conpaas.service.supervise.LocalSupervisor;
import eu.conpaas.service.supervise.SocketFolder;
import eu.conpaas.service.web.doc.Docs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** A node on a loopback address of its own, with a real supervisor and real engines. */
public final class EngineNode implements AgentContext, AutoCloseable {
    /** Archives by hash, as the content store has them. */
    public static final Map<String, Path> CONTENT = new ConcurrentHashMap<>();
    private static final int SOME_USER = 64321;
    private final String id;
    private final String address;
    private final Path folder;
    private final Path shared;
    private final LocalSupervisor supervisor;
    private final ServiceType type;
    private ServiceAgent agent;

    public EngineNode(ServiceType type, String id, Path base, Path shared) throws IOException {
        this.type = type;
        this.id = id;
        this.address = freeAddress();
        this.folder = base.resolve(id);
        this.shared = shared;
        new EngineUser(user()).folder(folder);
        supervisor = new LocalSupervisor(base.resolve(id + "-daemons"), base.resolve(id + "-logs"), new EngineUser(user()), Map.of());
        agent = type.agent(this);
    }

    /** A user of its own where this runs as root, else whoever runs it. */
    public static int user() {
        return System.getProperty("user.name").equals("root") ? SOME_USER : -1;
    }

    /** A loopback address on which no port the engines use is taken. */
    public static String freeAddress() throws IOException {
        while (true) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            String candidate = "127." + random.nextInt(64, 250) + "." + random.nextInt(1, 250) + "." + random.nextInt(1, 250);
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(InetAddress.getByName(candidate), 9000));
                return candidate;
            } catch (java.net.BindException e) {
                candidate = null;
            }
        }
    }

    public String id() {
        return id;
    }

    public String address() {
        return address;
    }

    public ServiceAgent agent() {
        return agent;
    }

    public void configure(String role, Object doc) throws Exception {
        List<DaemonSpec> daemons = agent.apply(role, Docs.write(doc));
        supervisor.apply(role, daemons);
    }

    public void release(String role) {
        try {
            agent.releasing(role);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        supervisor.stop(role);
    }

    /** The agent's process dies and comes back; engines go on. */
    public void restartAgent() {
        agent = type.agent(this);
    }

    @Override
    public NodeContext node() {
        return new NodeContext(id, NodeKind.AGENT, type.descriptor().id(), 1, 1, 1, 1, "https://127.0.0.1", address, 5555, shared == null ? null : shared.toString(), 10, 2);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Path sharedFolder() {
        return shared;
    }

    @Override
    public int engineUser() {
        return user();
    }

    @Override
    public Supervisor supervisor() {
        return supervisor;
    }

    @Override
    public Path content(String sha256) {
        return CONTENT.get(sha256);
    }

    @Override
    public void close() throws IOException {
        for (String group : supervisor.groups()) {
            for (var daemon : supervisor.health(group).keySet()) {
                supervisor.pid(daemon).flatMap(ProcessHandle::of).ifPresent(p -> {
                    p.descendants().forEach(ProcessHandle::destroyForcibly);
                    p.destroyForcibly();
                });
            }
            supervisor.stop(group);
        }
        supervisor.close();
        SocketFolder.remove(folder());
    }
}
