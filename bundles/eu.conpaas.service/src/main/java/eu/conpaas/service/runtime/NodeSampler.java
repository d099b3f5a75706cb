package eu.conpaas.service.runtime;

import eu.conpaas.service.supervise.LocalSupervisor;
import eu.conpaas.service.supervise.Proc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures what this node's own processes use: the node process and the sessions of its daemons. Metrics: {@code cpu} (per cent of one core since the
 * sample before), {@code memory} (bytes, each process's share; resident size where that may not be read), {@code processes}, {@code load} (of the
 * machine, one minute), and {@code memory_limit} (bytes) where a cgroup sets one.
 */
public final class NodeSampler {
    private static final List<Path> LIMITS = List.of(Path.of("/sys/fs/cgroup/memory.max"), Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));
    private static final double UNLIMITED = 1L << 60;
    private static final int SHARES_EVERY = 6;
    private final LocalSupervisor daemons;
    private Map<Long, Long> before = Map.of();
    private long beforeTicks = Proc.uptime();
    private double memory;
    private int round;

    public NodeSampler(LocalSupervisor daemons) {
        this.daemons = daemons;
    }

    /** Takes a sample. Reading memory shares is costly and done every sixth time only. */
    public Map<String, Double> sample() {
        long self = ProcessHandle.current().pid();
        Set<Long> sessions = new HashSet<>();
        daemons.logFiles().keySet().forEach(id -> daemons.pid(id).ifPresent(sessions::add));
        List<Proc.Stat> own = Proc.all().stream().filter(s -> s.pid() == self || sessions.contains(s.session())).toList();
        Map<Long, Long> now = new HashMap<>();
        long used = 0;
        for (Proc.Stat s : own) {
            now.put(s.pid(), s.cpu());
            used += s.cpu() - before.getOrDefault(s.pid(), s.started() >= beforeTicks ? 0L : s.cpu());
        }
        long ticks = Proc.uptime();
        Map<String, Double> values = new HashMap<>();
        values.put("cpu", ticks > beforeTicks ? 100.0 * used / (ticks - beforeTicks) : 0.0);
        if (round++ % SHARES_EVERY == 0) {
            memory = own.stream().mapToLong(s -> share(s)).sum();
        }
        values.put("memory", memory);
        values.put("processes", (double) own.size());
        number(Path.of("/proc/loadavg")).ifPresent(l -> values.put("load", l));
        LIMITS.stream().flatMap(p -> number(p).stream()).filter(l -> l < UNLIMITED).findFirst().ifPresent(l -> values.put("memory_limit", l));
        before = now;
        beforeTicks = ticks;
        return values;
    }

    private static long share(Proc.Stat process) {
        long pss = Proc.pss(process.pid());
        return pss >= 0 ? pss : process.rss();
    }

    private static java.util.Optional<Double> number(Path file) {
        try {
            return java.util.Optional.of(Double.valueOf(Files.readString(file).strip().split(" ")[0]));
        } catch (IOException | NumberFormatException e) {
            return java.util.Optional.empty();
        }
    }
}
