package eu.conpaas.service.web.manager;

import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.archive.Unpacker;
import eu.conpaas.service.web.Roles;
import eu.conpaas.service.web.sessions.RedisClient;
import eu.conpaas.service.web.sessions.RedisDaemon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Redis, which keeps the sessions of applications' users. Its data lie in the folder the service's nodes share, where there is one, so that they are there
 * again after stop and for another manager; else on the manager's node, where they are kept over stop. While the service runs there is a copy on the
 * first proxy's node.
 */
public final class SessionStore {
    /** There while the data may hold locks of a store that has died. */
    private static final String LOCKS = "locks-left";
    private static final String DROP = "EVAL \"for _, k in ipairs(redis.call('KEYS', '*_LOCK')) do redis.call('DEL', k) end\" 0";
    /** How long it may take to read its data after its start. */
    private static final Duration LOAD = Duration.ofSeconds(30);
    private final String node;
    private final String address;
    private final Path folder;
    private final Path all;
    private final Path data;
    private final String password;

    /**
     * @param node     id of the manager's node
     * @param folder   for its configuration
     * @param shared   folder the service's nodes share, or null
     * @param password letters and digits
     */
    public SessionStore(String node, String address, Path folder, Path shared, String password) {
        this.node = node;
        this.address = address;
        this.folder = folder;
        this.all = (shared == null ? folder : shared).resolve("sessions");
        this.data = all.resolve(node);
        this.password = password;
    }

    /** Whether this node has data: those of a store that runs here, or ran here last. */
    boolean hasData() {
        return Files.exists(data);
    }

    /**
     * Where another manager has left sessions, copies them: the one before may still be writing, and two must not write the same files.
     * Does nothing if this node has data already.
     */
    public void takeOver() throws IOException {
        if (Files.exists(data) || !Files.isDirectory(all)) {
            return;
        }
        Optional<Path> latest = others().stream().max(Comparator.comparingLong(SessionStore::age));
        if (latest.isPresent()) {
            Unpacker.delete(temporary());
            copy(latest.get(), temporary());
            adopt(temporary());
            Unpacker.delete(latest.get());
        }
    }

    /** Once it runs: drops the locks of requests that were under way when the store before this one died; nobody holds them any more. */
    public void dropLocks() throws IOException {
        if (!Files.exists(data.resolve(LOCKS))) {
            return;
        }
        RedisClient redis = new RedisClient(address, Roles.SESSIONS, password);
        long deadline = System.nanoTime() + LOAD.toNanos();
        while (redis.ask("PING").contains("-LOADING") && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        redis.tell(DROP);
        Files.delete(data.resolve(LOCKS));
    }

    /** Texts that a command answers with, which must not begin with a character of Redis' protocol. @throws IOException if it does not answer, or refuses */
    public List<String> values(String command) throws IOException {
        String answer = new RedisClient(address, Roles.SESSIONS, password).ask(command);
        if (answer.lines().anyMatch(line -> line.startsWith("-"))) {
            throw new IOException("the session store answered " + answer.strip());
        }
        return answer.lines().filter(line -> line.matches("[A-Za-z0-9].*")).toList();
    }

    private static long age(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(f -> f.toFile().lastModified()).max().orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                if (!Files.getAttribute(target, "unix:uid").equals(Files.getAttribute(file, "unix:uid"))) {
                    Files.setAttribute(target, "unix:uid", Files.getAttribute(file, "unix:uid"));
                    Files.setAttribute(target, "unix:gid", Files.getAttribute(file, "unix:gid"));
                }
            }
        }
    }

    public String address() {
        return address;
    }

    public String password() {
        return password;
    }

    public DaemonSpec daemon() throws IOException {
        return new RedisDaemon("redis", address, Roles.SESSIONS, password, folder.resolve("redis.conf"), data, null, node).spec();
    }

    /** The server that copies what another one has, to begin with; see {@link #seeded}. */
    DaemonSpec seed(String from) throws IOException {
        Unpacker.delete(temporary());
        return new RedisDaemon("redis-seed", address, Roles.SESSIONS_SEED, password, folder.resolve("redis-seed.conf"), temporary(), from, node).spec();
    }

    /** Once {@link #seed} has copied all and has ended: what it has copied is this node's data. */
    void seeded() throws IOException {
        adopt(temporary());
        for (Path other : others()) {
            Unpacker.delete(other);
        }
    }

    /** What managers on other nodes have left. */
    private List<Path> others() throws IOException {
        try (Stream<Path> folders = Files.list(all)) {
            return folders.filter(p -> Files.isDirectory(p) && !p.equals(data) && !p.getFileName().toString().startsWith(".")).toList();
        }
    }

    private Path temporary() {
        return all.resolve("." + node + ".tmp");
    }

    private void adopt(Path copy) throws IOException {
        Files.createFile(copy.resolve(LOCKS));
        Files.move(copy, data, StandardCopyOption.ATOMIC_MOVE);
    }
}
