package eu.conpaas.service.web.manager;

import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import eu.conpaas.service.archive.Unpacker;
import eu.conpaas.service.web.Roles;
import eu.conpaas.service.web.agent.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Redis, which keeps the sessions of applications' users. Its data lie in the folder the service's nodes share, where there is one, so that they are there
 * again after stop and for another manager; else on the manager's node, where they are kept over stop.
 */
public final class SessionStore {
    private static final int SIGTERM = 15;
    /** There while the data may hold locks of a store that has died. */
    private static final String LOCKS = "locks-left";
    private static final String DROP = "EVAL \"for _, k in ipairs(redis.call('KEYS', '*_LOCK')) do redis.call('DEL', k) end\" 0";
    /** How long it may take to read its data after its start. */
    private static final Duration LOAD = Duration.ofSeconds(30);
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
        if (!password.matches("[A-Za-z0-9_-]{8,}")) {
            throw new IllegalArgumentException("the session store's password has characters in it that are not letters, digits, _ or -");
        }
        this.address = address;
        this.folder = folder;
        this.all = (shared == null ? folder : shared).resolve("sessions");
        this.data = all.resolve(node);
        this.password = password;
    }

    /**
     * Where another manager has left sessions, copies them: the one before may still be writing, and two must not write the same files.
     * Does nothing if this node has data already.
     */
    public void takeOver() throws IOException {
        if (Files.exists(data) || !Files.isDirectory(all)) {
            return;
        }
        Optional<Path> latest;
        try (Stream<Path> others = Files.list(all)) {
            latest = others.filter(p -> Files.isDirectory(p) && !p.getFileName().toString().startsWith("."))
                    .max(Comparator.comparingLong(SessionStore::age));
        }
        if (latest.isPresent()) {
            Path temporary = all.resolve("." + data.getFileName() + ".tmp");
            Unpacker.delete(temporary);
            copy(latest.get(), temporary);
            Files.createFile(temporary.resolve(LOCKS));
            Files.move(temporary, data, StandardCopyOption.ATOMIC_MOVE);
            Unpacker.delete(latest.get());
        }
    }

    /** Once it runs: drops the locks of requests that were under way when the store before this one died; nobody holds them any more. */
    public void dropLocks() throws IOException {
        if (!Files.exists(data.resolve(LOCKS))) {
            return;
        }
        long deadline = System.nanoTime() + LOAD.toNanos();
        String answer = ask(DROP);
        while (answer.contains("-LOADING") && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            answer = ask(DROP);
        }
        if (answer.lines().anyMatch(line -> line.startsWith("-"))) {
            throw new IOException("the session store answered " + answer.strip());
        }
        Files.delete(data.resolve(LOCKS));
    }

    private String ask(String command) throws IOException {
        try (Socket socket = new Socket(address, Roles.SESSIONS)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("AUTH " + password + "\r\n" + command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
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
        Path file = folder.resolve("redis.conf");
        String text = """
                bind %s
                port %d
                protected-mode yes
                requirepass %s
                dir "%s"
                appendonly yes
                appendfsync everysec
                save ""
                maxmemory 128mb
                maxmemory-policy volatile-lru
                tcp-backlog 511
                databases 1
                """.formatted(address, Roles.SESSIONS, password, data);
        return new DaemonSpec("redis", List.of(Place.program("redis-server"), file.toString()), Map.of(), data, Map.of(file, text), List.of(),
                new Readiness.Tcp(new InetSocketAddress(address, Roles.SESSIONS), Duration.ofSeconds(30)), 0, SIGTERM, Duration.ofSeconds(20), false);
    }
}
