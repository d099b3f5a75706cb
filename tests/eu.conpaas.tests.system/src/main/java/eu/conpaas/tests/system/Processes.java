package eu.conpaas.tests.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at this machine's processes through /proc, and kills those of a node. */
public final class Processes {
    private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");

    private Processes() {
    }

    /** Pids of living processes (not of mere remains) whose environment has this entry, such as {@code NAME=value}. */
    public static List<Long> withEnvironment(String entry) {
        return all().filter(pid -> List.of(text(pid, "environ").split("\0")).contains(entry)).toList();
    }

    /** Pids of all processes in the pid namespace of one; none if that is our own namespace. Engines overwrite their environment, so it is no use. */
    public static List<Long> withNamespaceOf(long pid) {
        String namespace = namespace(pid);
        return namespace.isEmpty() || namespace.equals(namespace(ProcessHandle.current().pid())) ? List.of()
                : all().filter(p -> namespace(p).equals(namespace)).toList();
    }

    private static String namespace(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns/pid")).toString();
        } catch (IOException e) {
            return ""; // it has ended meanwhile
        }
    }

    /** Command lines by pid of living processes whose command line or environment contains a text. */
    public static Map<Long, String> mentioning(String text) {
        Map<Long, String> found = new TreeMap<>();
        long self = ProcessHandle.current().pid();
        all().filter(pid -> pid != self).forEach(pid -> {
            String command = command(pid);
            if (command.contains(text) || text(pid, "environ").contains(text)) {
                found.put(pid, command);
            }
        });
        return found;
    }

    /** A process's command line, empty if it is gone. */
    public static String command(long pid) {
        return text(pid, "cmdline").replace('\0', ' ').strip();
    }

    /** Whether it runs (remains that nobody has collected do not). */
    public static boolean alive(long pid) {
        String stat = text(pid, "stat");
        int end = stat.lastIndexOf(')');
        return end > 0 && stat.charAt(end + 2) != 'Z' && stat.charAt(end + 2) != 'X';
    }

    /** Kills a process as {@code kill -9} does and waits until it is gone. */
    public static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        Wait.until("process " + pid + " is gone", 10, () -> !alive(pid));
    }

    /** Proportional share of memory (PSS) in bytes; 0 if it is gone. */
    public static long memory(long pid) {
        Matcher m = PSS.matcher(text(pid, "smaps_rollup"));
        return m.find() ? Long.parseLong(m.group(1)) * 1024 : 0;
    }

    /** Processor seconds used so far, children that have ended included. */
    public static double processorSeconds(long pid) {
        String stat = text(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int i = 11; i <= 14; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / 100.0;
    }

    private static Stream<Long> all() {
        List<Long> pids = new ArrayList<>();
        String[] names = Path.of("/proc").toFile().list();
        for (String name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0)) && alive(Long.parseLong(name))) {
                pids.add(Long.parseLong(name));
            }
        }
        return pids.stream();
    }

    private static String text(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has ended meanwhile, or is another user's
        }
    }
}
