package eu.conpaas.cloud.local.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Limits by cgroup, version 1 (a tree per controller) or 2, as far as this machine lets us make any. */
final class Limits {
    private static final int PERIOD = 100_000;
    private static final long MAX_PROCESSES = 8192;
    /** What the kernel gives a group unless told, and the most it takes: version 1, version 2. */
    private static final long SHARES = 1024;
    private static final long MOST_SHARES = 262_144;
    private static final long WEIGHT = 100;
    private static final long MOST_WEIGHT = 10_000;
    private static final List<String> CONTROLLERS = List.of("memory", "cpu", "pids");

    private final String group;
    /** Controller, or "all" for version 2, to the tree's mount point. */
    private final Map<String, Path> trees = new TreeMap<>();
    /** Those of {@link #CONTROLLERS} that the tree of version 2 gives to groups. */
    private List<String> unified = List.of();

    /** @param group name of the installation's cgroup */
    Limits(String group) {
        this(group, Disk.read(Path.of("/proc/self/mounts")));
    }

    /** @param mounts text as in /proc/self/mounts, or null */
    Limits(String group, String mounts) {
        this.group = group;
        for (String line : mounts == null ? List.<String>of() : mounts.lines().toList()) {
            String[] fields = line.split(" ");
            Path tree = Path.of(fields[1]);
            if (fields[2].equals("cgroup")) {
                List<String> options = List.of(fields[3].split(","));
                CONTROLLERS.stream().filter(options::contains).filter(c -> usable(tree)).forEach(c -> trees.putIfAbsent(c, tree));
            } else if (fields[2].equals("cgroup2") && usable(tree) && !trees.containsKey("all")) {
                unified = delegated(tree);
                if (!unified.isEmpty()) {
                    trees.put("all", tree);
                }
            }
        }
    }

    /** Which of memory, cpu and pids cannot be limited here. A controller is in a tree of version 1 or in that of version 2, never in both. */
    List<String> missing() {
        return CONTROLLERS.stream().filter(c -> !trees.containsKey(c) && !unified.contains(c)).toList();
    }

    /** Makes the cgroups of a VM and returns them, for its first process to enter. Empty where there are none. */
    List<Path> make(String vmid, Size size) throws IOException {
        List<Path> made = new ArrayList<>();
        boolean whole = size.cpus() >= Runtime.getRuntime().availableProcessors();
        String quota = whole ? null : String.valueOf(Math.round(size.cpus() * PERIOD));
        for (Map.Entry<String, Path> tree : trees.entrySet()) {
            Path parent = Files.createDirectories(tree.getValue().resolve(group));
            Path path = parent.resolve(vmid);
            if (tree.getKey().equals("all")) {
                set(parent.resolve("cgroup.subtree_control"), on(unified));
            }
            Files.createDirectories(path);
            switch (tree.getKey()) {
                case "memory" -> set(path.resolve("memory.limit_in_bytes"), String.valueOf(size.memory()));
                case "pids" -> set(path.resolve("pids.max"), String.valueOf(MAX_PROCESSES));
                case "cpu" -> {
                    set(path.resolve("cpu.cfs_period_us"), String.valueOf(PERIOD));
                    set(path.resolve("cpu.cfs_quota_us"), quota == null ? "-1" : quota);
                }
                default -> {
                    set(path.resolve("memory.max"), String.valueOf(size.memory()));
                    set(path.resolve("pids.max"), String.valueOf(MAX_PROCESSES));
                    set(path.resolve("cpu.max"), (quota == null ? "max" : quota) + " " + PERIOD);
                }
            }
            made.add(path);
        }
        weigh();
        return made;
    }

    /** Each VM has the weight of any other group of the machine; without this all of them together would have it. */
    private synchronized void weigh() throws IOException {
        for (Path tree : trees.values()) {
            Path parent = tree.resolve(group);
            try (Stream<Path> inside = Files.list(parent)) {
                long vms = Math.max(1, inside.filter(Files::isDirectory).count());
                set(parent.resolve("cpu.shares"), Long.toString(Math.min(MOST_SHARES, vms * SHARES)));
                set(parent.resolve("cpu.weight"), Long.toString(Math.min(MOST_WEIGHT, vms * WEIGHT)));
            } catch (NoSuchFileException e) {
                continue; // the last VM's end has removed it
            }
        }
    }

    /** Removes the cgroups of a VM whose processes are gone. */
    void remove(String vmid) throws IOException {
        for (Path tree : trees.values()) {
            removeEmpty(tree.resolve(group).resolve(vmid));
        }
        weigh();
    }

    /** Removes the installation's own cgroups, when its last VM is gone. */
    void removeAll() throws IOException {
        for (Path tree : trees.values()) {
            removeEmpty(tree.resolve(group));
        }
    }

    /** The kernel counts a process out of its group a moment after it is gone, hence some tries. */
    private static void removeEmpty(Path path) throws IOException {
        for (int tries = 0;; tries++) {
            try {
                Files.delete(path);
                return;
            } catch (NoSuchFileException e) {
                return;
            } catch (IOException e) {
                if (tries == 500) {
                    throw e;
                }
                LockSupport.parkNanos(4_000_000);
            }
        }
    }

    private static boolean usable(Path tree) {
        return Files.isWritable(tree);
    }

    /** Has the tree's root pass on what we need of what it has. @return what it passes on; none in a container that may not */
    private static List<String> delegated(Path tree) {
        String controllers = Disk.read(tree.resolve("cgroup.controllers"));
        List<String> there = controllers == null ? List.of() : List.of(controllers.strip().split(" "));
        List<String> wanted = CONTROLLERS.stream().filter(there::contains).toList();
        try {
            if (!wanted.isEmpty()) {
                set(tree.resolve("cgroup.subtree_control"), on(wanted));
            }
            return wanted;
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String on(List<String> controllers) {
        return controllers.stream().map(c -> "+" + c).collect(Collectors.joining(" "));
    }

    /** Kernels are built with more or fewer controls; one that is not there is not set. */
    private static void set(Path file, String value) throws IOException {
        if (Files.exists(file)) {
            Files.writeString(file, value);
        }
    }
}
