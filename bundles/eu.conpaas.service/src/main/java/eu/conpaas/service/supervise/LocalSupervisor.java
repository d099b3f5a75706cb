package eu.conpaas.service.supervise;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The supervisor of a node. Keeps one record per daemon in a folder; a new one on the same folder takes the daemons over, wherever the one before
 * was when it died. Death of children is noticed at once, that of adopted daemons within {@value #WATCH_MS} ms.
 */
public final class LocalSupervisor implements Supervisor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalSupervisor.class);
    private static final Pattern ID = Pattern.compile("[a-z0-9-]+");
    private static final int WATCH_MS = 200;
    private static final int LOGS_EVERY = 25;
    private final Map<String, Daemon> daemons = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final BlockingQueue<Boolean> wake = new LinkedBlockingQueue<>();
    private final Path folder;
    private final Path logs;
    private final Launcher launcher;
    private final Thread watcher;
    private volatile boolean closed;

    /**
     * @param folder      where records are kept
     * @param logs        where the daemons' output goes, {@code <id>.log} each
     * @param user        user of daemons that do not run as root
     * @param environment added to the environment of each
     */
    public LocalSupervisor(Path folder, Path logs, EngineUser user, Map<String, String> environment) {
        this.folder = folder;
        this.logs = logs;
        this.launcher = new Launcher(user, environment);
        try {
            Files.createDirectories(folder);
            Files.createDirectories(logs);
            adopt();
        } catch (IOException e) {
            throw failed("take over the daemons", e);
        }
        this.watcher = Thread.ofVirtual().name("supervisor").start(this::watch);
    }

    private void adopt() throws IOException {
        try (Stream<Path> records = Files.list(folder)) {
            for (Path file : records.filter(p -> p.toString().endsWith(".json")).toList()) {
                StoredDaemon stored = StoredDaemon.read(file);
                Daemon daemon = daemon(stored.group(), stored.spec());
                daemon.adopt(stored);
                daemons.put(daemon.id(), daemon);
                LOG.info("daemon {} {}", daemon.id(), daemon.pid().map(p -> "found again, pid " + p).orElse("has gone meanwhile"));
            }
        }
    }

    private Daemon daemon(String group, DaemonSpec spec) {
        return new Daemon(group, spec, folder, logs.resolve(spec.id() + ".log"), launcher, () -> wake.add(true));
    }

    @Override
    public void apply(String group, List<DaemonSpec> specs) {
        check(group, specs);
        locked(group, () -> {
            List<String> ids = specs.stream().map(DaemonSpec::id).toList();
            for (DaemonSpec spec : specs) {
                daemons.computeIfAbsent(spec.id(), id -> daemon(group, spec)).apply(spec);
            }
            for (String id : ids) {
                daemons.get(id).awaitReady();
            }
            for (Daemon other : of(group).reversed()) {
                if (!ids.contains(other.id())) {
                    forget(other);
                }
            }
        });
    }

    private void check(String group, List<DaemonSpec> specs) {
        for (DaemonSpec spec : specs) {
            Daemon other = daemons.get(spec.id());
            if (!ID.matcher(spec.id()).matches() || other != null && !other.group().equals(group)
                    || specs.stream().filter(s -> s.id().equals(spec.id())).count() > 1) {
                throw new IllegalArgumentException("daemon id " + spec.id() + " of group " + group + " is not " + ID + " or is in use");
            }
        }
    }

    @Override
    public void stop(String group) {
        locked(group, () -> {
            for (Daemon daemon : of(group).reversed()) {
                forget(daemon);
            }
        });
    }

    @Override
    public void stopDaemon(String id) {
        Daemon daemon = daemons.get(id);
        if (daemon != null) {
            try {
                forget(daemon);
            } catch (IOException e) {
                throw failed("stop " + id, e);
            }
        }
    }

    private void forget(Daemon daemon) throws IOException {
        daemon.stop();
        daemons.remove(daemon.id(), daemon);
    }

    @Override
    public Map<String, Health> health(String group) {
        Map<String, Health> health = new LinkedHashMap<>();
        of(group).forEach(d -> health.put(d.id(), d.health()));
        return health;
    }

    @Override
    public List<String> groups() {
        return daemons.values().stream().map(Daemon::group).distinct().sorted().toList();
    }

    @Override
    public Optional<Long> pid(String id) {
        return Optional.ofNullable(daemons.get(id)).flatMap(Daemon::pid);
    }

    /** Log files of all daemons by id. */
    public Map<String, Path> logFiles() {
        Map<String, Path> files = new LinkedHashMap<>();
        daemons.values().stream().sorted(Comparator.comparing(Daemon::id)).forEach(d -> files.put(d.id(), d.log()));
        return files;
    }

    private List<Daemon> of(String group) {
        return new ArrayList<>(daemons.values().stream().filter(d -> d.group().equals(group)).sorted(Comparator.comparingLong(Daemon::intended)).toList());
    }

    private void watch() {
        int round = 0;
        while (!closed) {
            try {
                wake.poll(WATCH_MS, TimeUnit.MILLISECONDS);
                for (Daemon daemon : daemons.values()) {
                    revive(daemon);
                    if (round % LOGS_EVERY == 0) {
                        LogFiles.bound(daemon.log(), LogFiles.LIMIT);
                    }
                }
                round++;
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.error("watching over daemons: {}", e.getMessage(), e);
            }
        }
    }

    private static void revive(Daemon daemon) {
        try {
            daemon.revive();
        } catch (IOException | RuntimeException e) {
            LOG.error("daemon {} cannot be started again: {}", daemon.id(), e.getMessage(), e);
        }
    }

    /** Lets go of the daemons without stopping them. */
    @Override
    public void close() {
        closed = true;
        watcher.interrupt();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void locked(String group, Work work) {
        ReentrantLock lock = locks.computeIfAbsent(group, g -> new ReentrantLock());
        lock.lock();
        try {
            work.run();
        } catch (IOException e) {
            throw failed("bring up " + group, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("interrupted while waiting for " + group);
        } finally {
            lock.unlock();
        }
    }

    private static ApiException failed(String what, IOException e) {
        return new ApiException(ErrorCode.STEP_FAILED, "Cannot " + what + ": " + e.getMessage(),
                "See the log of the node; programs that are missing come with the service's packages.", e);
    }
}
