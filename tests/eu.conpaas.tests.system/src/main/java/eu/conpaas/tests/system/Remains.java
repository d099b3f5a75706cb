package eu.conpaas.tests.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a cloud on this machine could leave behind: processes, network devices, mounts, control groups, claims. */
public final class Remains {
    private Remains() {
    }

    /** All there is of it now that has to do with one data folder. */
    public static Set<String> of(Path folder) {
        Set<String> found = new TreeSet<>();
        Processes.mentioning(folder.toString()).forEach((pid, command) -> found.add("process " + pid + " " + command));
        lines(Path.of("/proc/self/mountinfo")).filter(line -> line.contains(folder.toString())).forEach(line -> found.add("mount " + line));
        Path claims = Path.of("/var/tmp/conpaas-networks");
        list(claims).filter(claim -> lines(claim).anyMatch(line -> line.startsWith(folder.toString()))).forEach(claim -> found.add("claim " + claim));
        return found;
    }

    /** Devices, control groups and nodes' processes of all installations; compare before and after. */
    public static Set<String> ofMachine() {
        Set<String> found = new TreeSet<>();
        list(Path.of("/sys/class/net")).map(p -> p.getFileName().toString()).filter(n -> n.matches("cp[0-9a-f]{8}.*"))
                .forEach(n -> found.add("device " + n));
        list(Path.of("/run/netns")).forEach(n -> found.add("network namespace " + n));
        Processes.mentioning("CONPAAS_NODE_TOKEN=").forEach((pid, command) -> found.add("process " + pid + " " + command));
        try (Stream<Path> groups = Files.find(Path.of("/sys/fs/cgroup"), 4, (p, a) -> a.isDirectory()
                && p.getFileName().toString().matches("(conpaas|cp[0-9a-f]{8}).*"))) {
            groups.forEach(g -> found.add("control group " + g));
        } catch (IOException | UncheckedIOException e) {
            found.add("control groups cannot be read: " + e.getMessage());
        }
        return found;
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            return Stream.empty(); // there is no such folder
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readString(file).lines();
        } catch (IOException e) {
            return Stream.empty(); // gone, or not ours to read
        }
    }
}
