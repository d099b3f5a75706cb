package eu.conpaas.cloud.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final String GROUP = "cptest" + ProcessHandle.current().pid();
    private static final Size SIZE = new Size("tiny", 64 << 20, 1);

    @Test
    void eachVmWeighsAsMuchAsAnyOtherGroup() throws Exception {
        Limits limits = new Limits(GROUP);
        Assumptions.assumeTrue(limits.available(), "this machine has no cgroups that can be made");
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
