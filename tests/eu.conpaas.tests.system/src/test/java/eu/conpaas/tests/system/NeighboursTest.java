package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.NodeView;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two directors on one machine don't meet, and one that ends leaves nothing. */
@ExtendWith(Running.class)
class NeighboursTest {
    private final Platform first;

    NeighboursTest(Platform first) {
        this.first = first;
    }

    @Test
    void twoDirectorsLiveSideBySideAndOneLeavesNothingBehind() throws Exception {
        Path folder = Running.folder("second");
        long here = first.create("helloworld");
        first.change("start", Long.toString(here));
        Platform second = Platform.start(folder, Running.SETTINGS);
        try (second) {
            long there = second.create("helloworld");
            second.change("start", Long.toString(there));
            Set<String> ours = addresses(first, here);
            Set<String> theirs = addresses(second, there);
            assertTrue(theirs.stream().noneMatch(ours::contains), ours + " and " + theirs);
            assertTrue(second.cli().run("get_helloworld", Long.toString(there)).ok().length() > 1);
        }
        assertTrue(first.cli().run("get_helloworld", Long.toString(here)).ok().length() > 1, "the first goes on");
        first.change("stop", Long.toString(here));
        first.change("terminate", Long.toString(here));
        first.settled();
    }

    private static Set<String> addresses(Platform platform, long sid) {
        return platform.nodes(sid).stream().map(NodeView::address).collect(Collectors.toSet());
    }
}
