package eu.conpaas.service.mysql.internal.engine;

import eu.conpaas.api.NodeContext;
import eu.conpaas.api.NodeKind;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.Supervisor;
import eu.conpaas.service.supervise.EngineUser;
import eu.conpaas.service.supervise.LocalSupervisor;
import eu.conpaas.service.supervise.SocketFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** A node on a loopback address of its own, with a real supervisor, for tests with the real server. */
public final class DatabaseNode implements AgentContext, AutoCloseable {
    private static final int SOME_USER = 64322;
    private final Map<String, Path> contents = new ConcurrentHashMap<>();
    private final String id;
    private final String address;
    private final Path folder;
    private final Path shared;
    private final LocalSupervisor supervisor;

    /** @param shared folder all nodes share, or null */
    public DatabaseNode(String id, Path base, Path shared) throws IOException {
        this.id = id;
        this.address = freeAddress();
        this.folder = base.resolve(id);
        this.shared = shared;
        EngineUser user = new EngineUser(engineUser());
        user.folder(folder);
        if (shared != null) {
            user.give(shared);
        }
        supervisor = new LocalSupervisor(base.resolve(id + "-daemons"), base.resolve(id + "-logs"), user, Map.of());
    }

    /** A loopback address on which no port of a database is taken. */
    public static String freeAddress() throws IOException {
        while (true) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            String candidate = "127." + random.nextInt(64, 250) + "." + random.nextInt(1, 250) + "." + random.nextInt(1, 250);
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(InetAddress.getByName(candidate), ServerPlace.PORT));
                return candidate;
            } catch (java.net.BindException e) {
                candidate = null;
            }
        }
    }

    /** Starts or changes the server and returns it once it answers. */
    public MariaServer server(ServerConfig config) throws IOException {
        MariaServer server = new MariaServer(new ServerPlace(this));
        supervisor.apply("server", server.apply(config));
        return server;
    }

    /** Has the content store hold a file. */
    public void content(String sha256, Path file) {
        contents.put(sha256, file);
    }

    @Override
    public NodeContext node() {
        return new NodeContext(id, NodeKind.AGENT, "mysql", 1, 1, 1, 1, "https://127.0.0.1", address, 5555, shared == null ? null : shared.toString(), 10, 2);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Path sharedFolder() {
        return shared;
    }

    /** A user of its own where this runs as root, else whoever runs it. */
    @Override
    public int engineUser() {
        return System.getProperty("user.name").equals("root") ? SOME_USER : -1;
    }

    @Override
    public Supervisor supervisor() {
        return supervisor;
    }

    @Override
    public Path content(String sha256) {
        return contents.get(sha256);
    }

    @Override
    public void close() throws IOException {
        for (String group : supervisor.groups()) {
            for (String daemon : supervisor.health(group).keySet()) {
                supervisor.pid(daemon).flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
            }
            supervisor.stop(group);
        }
        supervisor.close();
        SocketFolder.remove(folder());
    }
}
