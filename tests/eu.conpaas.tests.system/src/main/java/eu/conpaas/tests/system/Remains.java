package eu.conpaas.tests.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an installation could leave behind on this machine: processes, network devices, mounts, control groups, claims. Taken while it runs,
 * because its names are in its folder.
 */
public final class Remains {
    private static final Pattern TAG = Pattern.compile("\"tag\"\\s*:\\s*\"(\\w+)\"");
    private final Path folder;
    private final Set<String> tags = new TreeSet<>();

    /** @param folder of the installation */
    public Remains(Path folder) {
        this.folder = folder;
        try (Stream<Path> files = Files.find(folder, 5, (p, a) -> a.isRegularFile() && p.getParent().getParent().endsWith("clouds"))) {
            files.flatMap(Remains::lines).map(TAG::matcher).filter(Matcher::find).forEach(m -> tags.add(m.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (tags.isEmpty()) {
            throw new IllegalStateException("no name of a network in " + folder);
        }
    }

    /** All there is of it now. */
    public Set<String> now() {
        Set<String> found = new TreeSet<>();
        Processes.mentioning(folder.toString()).forEach((pid, command) -> found.add("process " + pid + " " + command));
        lines(Path.of("/proc/self/mountinfo")).filter(line -> line.contains(folder.toString())).forEach(line -> found.add("mount " + line));
        list(Path.of("/var/tmp/conpaas-networks")).filter(claim -> lines(claim).anyMatch(line -> line.startsWith(folder.toString())))
                .forEach(claim -> found.add("claim " + claim));
        list(Path.of("/sys/class/net")).filter(this::ours).forEach(n -> found.add("device " + n.getFileName()));
        list(Path.of("/tmp")).filter(this::ours).forEach(f -> found.add("folder " + f));
        list(Path.of("/sys/fs/cgroup")).flatMap(Remains::list).filter(this::ours).forEach(g -> found.add("control group " + g));
        list(Path.of("/sys/fs/cgroup")).filter(this::ours).forEach(g -> found.add("control group " + g));
        return found;
    }

    private boolean ours(Path path) {
        return tags.stream().anyMatch(path.getFileName().toString()::startsWith);
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
