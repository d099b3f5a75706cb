package eu.conpaas.service.supervise;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Supervisor.Health;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** One daemon: its process, if it runs, and its record on disk. */
final class Daemon {
    private static final Duration STEADY = Duration.ofSeconds(60);
    private static final int TROUBLE = 3;
    private final ReentrantLock lock = new ReentrantLock();
    private final Launcher launcher;
    private final Runnable died;
    private final Path folder;
    private final Path log;
    private final String group;
    private DaemonSpec spec;
    private long intended;
    private Proc.Stat process;
    private boolean stopped;
    private int restarts;
    private int failures;
    private long startedNanos;
    private long notBeforeNanos = System.nanoTime();

    Daemon(String group, DaemonSpec spec, Path folder, Path log, Launcher launcher, Runnable died) {
        this.group = group;
        this.spec = spec;
        this.folder = folder;
        this.log = log;
        this.launcher = launcher;
        this.died = died;
    }

    /** Takes over a process that a supervisor before this one started, if it still runs. */
    void adopt(StoredDaemon stored) {
        intended = stored.started();
        startedNanos = System.nanoTime();
        if (stored.world().equals(Proc.world())) {
            process = notedPid().flatMap(Proc::stat).filter(Proc.Stat::isAlive).filter(s -> s.session() == s.pid())
                    .filter(s -> s.started() >= intended - 1 && s.started() <= intended + 1000).orElse(null);
        }
    }

    private Optional<Long> notedPid() {
        try {
            return Optional.of(Long.valueOf(Files.readString(pidFile()).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    String id() {
        return spec.id();
    }

    String group() {
        return group;
    }

    long intended() {
        return intended;
    }

    Path log() {
        return log;
    }

    Optional<Long> pid() {
        lock.lock();
        try {
            return isAlive() ? Optional.of(process.pid()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Makes it run as described: starts it, reloads it, restarts it or leaves it alone. */
    void apply(DaemonSpec wanted) throws IOException {
        lock.lock();
        try {
            if (isAlive() && wanted.equals(spec)) {
                return;
            }
            if (isAlive() && DaemonChange.isReload(spec, wanted)) {
                launcher.writeFiles(wanted);
                Signals.send(wanted.reload(), List.of(process.pid()));
                spec = wanted;
                store();
                return;
            }
            end();
            spec = wanted;
            failures = 0;
            launch();
        } finally {
            lock.unlock();
        }
    }

    private void launch() throws IOException {
        launcher.writeFiles(spec);
        intended = Proc.uptime();
        store();
        Process child = launcher.start(spec, pidFile(), log);
        process = Proc.stat(child.pid()).orElse(new Proc.Stat(child.pid(), "", 'X', 0, 0, -1, 0, 0));
        startedNanos = System.nanoTime();
        child.onExit().thenRun(died);
    }

    private void store() throws IOException {
        new StoredDaemon(group, spec, Proc.world(), intended).write(recordFile());
    }

    /** Starts it again if it has died: at once the first time, then after growing delays. @return how long until the next attempt is due, or null */
    Duration revive() throws IOException {
        if (!lock.tryLock()) {
            return null;
        }
        try {
            if (stopped || intended == 0) {
                return null;
            }
            if (isAlive()) {
                if (failures > 0 && System.nanoTime() - startedNanos > STEADY.toNanos()) {
                    failures = 0;
                }
                return null;
            }
            if (process != null) {
                Signals.send(Signals.KILL, Proc.session(process.pid()));
                process = null;
                notBeforeNanos = System.nanoTime() + (failures == 0 ? 0 : Math.min(30_000, 250L << Math.min(failures, 10)) * 1_000_000);
                failures++;
            }
            long wait = notBeforeNanos - System.nanoTime();
            if (wait > 0) {
                return Duration.ofNanos(wait);
            }
            restarts++;
            launch();
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it answers. @throws ApiException STEP_FAILED if it does not within its time, or dies twice */
    void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + spec.ready().within().toNanos();
        long pause = 10;
        while (true) {
            String wrong = pid().isPresent() ? Probe.ask(spec.ready()) : "it has ended";
            if (wrong == null && pid().isPresent() && pid().equals(notedPid())) {
                return;
            }
            boolean hopeless = failures() >= 2;
            if (hopeless || System.nanoTime() > deadline) {
                throw new ApiException(ErrorCode.STEP_FAILED, spec.id() + (hopeless ? " ends as soon as it is started" : " did not become ready within "
                        + spec.ready().within().toSeconds() + " s (" + wrong + ")") + "; its log ends with:\n" + LogFiles.lastLines(log, 10),
                        "Correct the settings or the application, then try again.");
            }
            Thread.sleep(pause);
            pause = Math.min(100, pause + pause / 4);
        }
    }

    private int failures() {
        lock.lock();
        try {
            return failures;
        } finally {
            lock.unlock();
        }
    }

    Health health() {
        boolean alive = pid().isPresent();
        String wrong = alive ? Probe.ask(spec.ready()) : "not running; its log ends with:\n" + LogFiles.lastLines(log, 3);
        if (wrong == null && failures() >= TROUBLE) {
            wrong = "has died " + failures() + " times in a short time";
        }
        return new Health(alive, wrong == null, restarts, wrong == null ? null : spec.id() + ": " + wrong);
    }

    /** Stops it gracefully, within its grace, and forgets it. */
    void stop() throws IOException {
        lock.lock();
        try {
            stopped = true;
            end();
            Files.deleteIfExists(recordFile());
            Files.deleteIfExists(pidFile());
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        if (process == null) {
            return;
        }
        if (isAlive()) {
            Signals.send(spec.stop(), List.of(process.pid()));
            awaitEnd(spec.grace());
        }
        List<Long> left = new ArrayList<>(Proc.session(process.pid()));
        Signals.send(Signals.KILL, left);
        awaitEnd(Duration.ofSeconds(5));
        process = null;
    }

    private void awaitEnd(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        boolean interrupted = false;
        while (isAlive() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                interrupted = true;
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAlive() {
        return process != null && Proc.stat(process.pid()).filter(s -> s.isAlive() && s.started() == process.started()).isPresent();
    }

    private Path recordFile() {
        return folder.resolve(spec.id() + ".json");
    }

    private Path pidFile() {
        return folder.resolve(spec.id() + ".pid");
    }
}
