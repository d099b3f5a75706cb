package eu.conpaas.tests.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A node of the local cloud as seen from outside: its folder and its processes. */
public record Node(Path folder) {
    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"");

    /** The VM with this id of the director whose data are in that folder. */
    public static Node of(Path data, String vmid) {
        return all(data).filter(n -> n.folder().getFileName().toString().equals(vmid)).findFirst()
                .orElseThrow(() -> new IllegalStateException("no VM " + vmid + " under " + data));
    }

    /** All VMs that have a folder. */
    public static Stream<Node> all(Path data) {
        try (Stream<Path> files = Files.find(data, 6, (p, a) -> p.getFileName().toString().equals("vm.json"))) {
            return files.map(p -> new Node(p.getParent())).toList().stream();
        } catch (IOException | UncheckedIOException e) {
            return Stream.empty(); // a node's folder is just being removed
        }
    }

    /** Pids of all its processes: those in its pid namespace, or where it has none of its own those that carry its token. */
    public List<Long> processes() {
        List<Long> inside = Processes.withNamespaceOf(init());
        return inside.isEmpty() ? Processes.withEnvironment("CONPAAS_NODE_TOKEN=" + token()) : inside;
    }

    /** Pid of its agent or manager. @throws AssertionError if none comes up */
    public long jvm() {
        return Wait.value("a node program in " + folder, 60, () -> processes().stream()
                .filter(pid -> Processes.command(pid).contains("eu.conpaas.launch.Main")).findFirst().orElse(null));
    }

    /** Pids of its engines whose command line contains a text. */
    public List<Long> engines(String text) {
        return processes().stream().filter(pid -> Processes.command(pid).contains(text)).toList();
    }

    /** Whether an address leads to it; on the local cloud with namespaces. */
    public boolean has(String address) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(init()), "net/fib_trie")).contains("|-- " + address + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pulls its plug. */
    public void kill() {
        Processes.kill(init());
    }

    private long init() {
        return Long.parseLong(read("init").split("\\s+")[0]);
    }

    private String token() {
        Matcher m = TOKEN.matcher(read("vm.json"));
        if (!m.find()) {
            throw new IllegalStateException("no token in " + folder + "/vm.json");
        }
        return m.group(1);
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
