package eu.conpaas.cloud.local.internal;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks at processes through /proc. A process that is gone, or may not be looked at, simply has no properties. */
final class Procs {
    /** Variable in the environment of every process of a node. */
    static final String TOKEN = "CONPAAS_NODE_TOKEN";

    /** Variable that tells nodes of the same token in different installations apart: the VM's folder. */
    static final String FOLDER = "CONPAAS_VM_FOLDER";

    private static final Path PROC = Path.of("/proc");
    private static final String MACHINE = machineId();

    private Procs() {
    }

    /** Changes with every boot of the machine. */
    static String machine() {
        return MACHINE;
    }

    /** Whether we are root. */
    static boolean privileged() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(PROC.resolve("self"), "unix:uid"));
        } catch (IOException e) {
            throw new UncheckedIOException("no /proc", e);
        }
    }

    private static String machineId() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("no /proc", e);
        }
    }

    /** Fields of /proc/PID/stat after the name (state first), or null if there is no such process or only its remains. */
    static String[] stat(long pid) {
        String text = text(pid, "stat");
        if (text == null || text.lastIndexOf(')') < 0) {
            return null;
        }
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return "Z".equals(fields[0]) || "X".equals(fields[0]) ? null : fields;
    }

    /** When a living process started, in clock ticks since boot; -1 if there is none. */
    static long start(long pid) {
        String[] stat = stat(pid);
        return stat == null ? -1 : Long.parseLong(stat[19]);
    }

    /** Its parent; -1 if it is gone. */
    static long parent(long pid) {
        String[] stat = stat(pid);
        return stat == null ? -1 : Long.parseLong(stat[1]);
    }

    /** Whether it was started without a terminal to control it, as daemons are. */
    static boolean detached(long pid) {
        String[] stat = stat(pid);
        return stat != null && "0".equals(stat[4]);
    }

    /** Whether its environment names this node. The folder may be missing, since engines are often started with little environment. */
    static boolean carries(long pid, String token, Path folder) {
        List<String> environment = environment(pid);
        return environment.contains(TOKEN + "=" + token)
                && (environment.contains(FOLDER + "=" + folder) || environment.stream().noneMatch(e -> e.startsWith(FOLDER + "=")));
    }

    private static List<String> environment(long pid) {
        byte[] buffer = new byte[1 << 17];
        // by one read: a process that becomes another program between two of them would show half of its environment
        try (InputStream in = new FileInputStream(PROC.resolve(pid + "/environ").toFile())) {
            int length = in.read(buffer);
            return length <= 0 ? List.of() : Arrays.asList(new String(buffer, 0, length, StandardCharsets.ISO_8859_1).split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Whether it holds a file under a folder open for writing. */
    static boolean writesUnder(long pid, Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(PROC.resolve(pid + "/fd"))) {
            for (Path file : files) {
                if (target(file).filter(t -> t.startsWith(folder + "/")).isPresent() && writable(pid, file.getFileName().toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    /** All pids but our own. */
    static List<Long> all() {
        List<Long> pids = new ArrayList<>();
        long self = ProcessHandle.current().pid();
        for (String name : Optional.ofNullable(PROC.toFile().list()).orElse(new String[0])) {
            if (Character.isDigit(name.charAt(0)) && Long.parseLong(name) != self) {
                pids.add(Long.parseLong(name));
            }
        }
        return pids;
    }

    /** Ends a process the hard way. @return false if that is not allowed */
    static boolean kill(long pid) {
        return ProcessHandle.of(pid).map(p -> p.destroyForcibly() || !p.isAlive()).orElse(true);
    }

    private static Optional<String> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean writable(long pid, String descriptor) {
        String info = text(pid, "fdinfo/" + descriptor);
        if (info == null) {
            return false;
        }
        return info.lines().filter(l -> l.startsWith("flags:")).anyMatch(l -> (Integer.parseInt(l.substring(6).strip(), 8) & 3) != 0);
    }

    /** A file of /proc/PID, or null where there is none: processes come and go while one looks. */
    private static String text(long pid, String name) {
        try {
            return Files.readString(PROC.resolve(pid + "/" + name), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return null;
        }
    }
}
