package eu.conpaas.cloud.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
    private static final String GROUP = "cptest" + ProcessHandle.current().pid();
    private static final Size SIZE = new Size("tiny", 64 << 20, 1);

    @Test
    void eachVmWeighsAsMuchAsAnyOtherGroup() throws Exception {
        Limits limits = new Limits(GROUP);
        Assumptions.assumeTrue(limits.missing().isEmpty(), "this machine has no cgroups that can be made");
        List<Path> one = limits.make("vm-one", SIZE);
        try {
            long alone = weight(one);
            limits.make("vm-two", SIZE);
            assertEquals(2 * alone, weight(one));
            limits.remove("vm-two");
            assertEquals(alone, weight(one));
        } finally {
            limits.remove("vm-one");
            limits.remove("vm-two");
            limits.removeAll();
        }
        assertFalse(one.stream().anyMatch(path -> Files.exists(path.getParent())));
    }

    /** In the words of either version of cgroups, whichever this machine has. */
    @Test
    void theKernelHasWhatTheSizeSays() throws Exception {
        Limits limits = new Limits(GROUP);
        Assumptions.assumeTrue(limits.missing().isEmpty(), "this machine has no cgroups that can be made");
        try {
            List<Path> groups = limits.make("vm-half", new Size("half", 64 << 20, 0.5));
            assertEquals(String.valueOf(64 << 20), first(groups, "memory.max", "memory.limit_in_bytes"));
            assertEquals("8192", first(groups, "pids.max"));
            assertEquals("50000", first(groups, "cpu.max", "cpu.cfs_quota_us").split(" ")[0]);
            groups = limits.make("vm-half", new Size("whole", 128 << 20, Runtime.getRuntime().availableProcessors()));
            assertEquals(String.valueOf(128 << 20), first(groups, "memory.max", "memory.limit_in_bytes"));
            assertTrue(Set.of("max", "-1").contains(first(groups, "cpu.max", "cpu.cfs_quota_us").split(" ")[0]));
        } finally {
            limits.remove("vm-half");
            limits.removeAll();
        }
    }

    /** Memory is switched off at boot on some small machines. */
    @Test
    void whatATreeOfVersion2DoesNotPassOnIsMissing(@TempDir Path tree) throws Exception {
        Files.writeString(tree.resolve("cgroup.controllers"), "cpuset cpu io pids\n");
        Files.writeString(tree.resolve("cgroup.subtree_control"), "");
        Limits limits = new Limits(GROUP, "cgroup2 " + tree + " cgroup2 rw,nosuid 0 0\n");
        assertEquals(List.of("memory"), limits.missing());
        assertEquals("+cpu +pids", Files.readString(tree.resolve("cgroup.subtree_control")));
        assertEquals(List.of(tree.resolve(GROUP).resolve("vm-one")), limits.make("vm-one", SIZE));
        assertEquals(List.of("memory", "cpu", "pids"), new Limits(GROUP, "none / ext4 rw 0 0\n").missing());
    }

    private static String first(List<Path> groups, String... files) throws Exception {
        for (Path group : groups) {
            for (String file : files) {
                if (Files.exists(group.resolve(file))) {
                    return Files.readString(group.resolve(file)).strip();
                }
            }
        }
        throw new AssertionError("none of " + List.of(files) + " in " + groups);
    }

    private static long weight(List<Path> groups) throws Exception {
        for (Path group : groups) {
            for (String file : List.of("cpu.shares", "cpu.weight")) {
                if (Files.exists(group.resolveSibling(file))) {
                    return Long.parseLong(Files.readString(group.resolveSibling(file)).strip());
                }
            }
        }
        throw new AssertionError("no weight among " + groups);
    }
}
