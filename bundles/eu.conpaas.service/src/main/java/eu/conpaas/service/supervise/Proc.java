package eu.conpaas.service.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code /proc} tells of processes. Times are in clock ticks (hundredths of a second), sizes in bytes. */
public final class Proc {
    private static final Path ROOT = Path.of("/proc");

    private Proc() {
    }

    /**
     * A process.
     *
     * @param state   {@code R}, {@code S}, {@code Z}, …
     * @param session its session, the pid of the session's first process
     * @param started ticks after boot
     * @param cpu     ticks of CPU it has used, without its children
     * @param rss     resident memory
     */
    public record Stat(long pid, String name, char state, long parent, long session, long started, long cpu, long rss) {
        public boolean isAlive() {
            return state != 'Z' && state != 'X';
        }
    }

    /** The process with this id, empty if there is none. */
    public static Optional<Stat> stat(long pid) {
        try {
            String line = Files.readString(ROOT.resolve(Long.toString(pid)).resolve("stat"));
            int open = line.indexOf('(');
            int close = line.lastIndexOf(')');
            String[] f = line.substring(close + 2).split(" ");
            return Optional.of(new Stat(pid, line.substring(open + 1, close), f[0].charAt(0), Long.parseLong(f[1]), Long.parseLong(f[3]),
                    Long.parseLong(f[19]), Long.parseLong(f[11]) + Long.parseLong(f[12]), Long.parseLong(f[21]) * 4096));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** All processes that can be seen. */
    public static List<Stat> all() {
        try (Stream<Path> entries = Files.list(ROOT)) {
            return entries.map(p -> p.getFileName().toString()).filter(n -> Character.isDigit(n.charAt(0)))
                    .flatMap(n -> stat(Long.parseLong(n)).stream()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Live processes of a session. */
    public static List<Long> session(long session) {
        List<Long> pids = new ArrayList<>();
        for (Stat s : all()) {
            if (s.session() == session && s.isAlive()) {
                pids.add(s.pid());
            }
        }
        return pids;
    }

    /** Proportional set size of a process, or -1 if it may not be read. */
    public static long pss(long pid) {
        try (Stream<String> lines = Files.lines(ROOT.resolve(Long.toString(pid)).resolve("smaps_rollup"))) {
            return lines.filter(l -> l.startsWith("Pss:")).findFirst()
                    .map(l -> Long.parseLong(l.replaceAll("[^0-9]", "")) * 1024).orElse(-1L);
        } catch (IOException | RuntimeException e) {
            return -1;
        }
    }

    /** Ticks since boot. */
    public static long uptime() {
        try {
            return Math.round(Double.parseDouble(Files.readString(ROOT.resolve("uptime")).split(" ")[0]) * 100);
        } catch (IOException e) {
            throw new IllegalStateException("/proc/uptime cannot be read", e);
        }
    }

    /** What tells this boot and process namespace from all others: a pid means nothing outside it. */
    public static String world() {
        try {
            return Files.readString(ROOT.resolve("sys/kernel/random/boot_id")).strip() + " " + Files.readSymbolicLink(ROOT.resolve("self/ns/pid"));
        } catch (IOException e) {
            throw new IllegalStateException("/proc does not tell the boot id", e);
        }
    }
}
