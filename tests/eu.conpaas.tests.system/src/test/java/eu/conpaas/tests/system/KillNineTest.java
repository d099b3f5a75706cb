package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.NodeKind;
import eu.conpaas.api.ServiceView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever dies, whenever: afterwards the VMs there are are those the node rows claim, the ledger is exact, no operation is stuck, and the
 * call repeated gives the same result. The normal tier takes a sample by a printed seed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillNineTest {
    private static final int SAMPLE = 5;
    private final Path folder = Running.folder("killnine");
    private Platform platform;
    private Path failpoints;

    static Stream<Death> deaths() {
        List<Death> all = new ArrayList<>(Death.all());
        if (Running.LONG) {
            return Running.part(all).stream();
        }
        long seed = Long.getLong("conpaas.seed", System.currentTimeMillis());
        System.out.println("seed " + seed + ": " + SAMPLE + " of " + all.size() + " deaths");
        Collections.shuffle(all, new Random(seed));
        return all.subList(0, SAMPLE).stream();
    }

    /** The node product is copied (by hard links), because failpoints are armed in it. */
    @BeforeAll
    void start() throws Exception {
        Path product = folder.resolve("conpaas-node");
        assertEquals(0, new ProcessBuilder("cp", "-al", Products.node().toString(), product.toString()).inheritIO().start().waitFor());
        failpoints = product.resolve("failpoints");
        Map<String, String> settings = new java.util.HashMap<>(Running.SETTINGS);
        settings.put("director.NODE_PRODUCT", product.toString());
        platform = Platform.start(folder, settings);
        platform.cli().run("createapp", "killnine").ok();
    }

    @AfterAll
    void end() {
        platform.close();
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void everythingIsInOrderAfterwards(Death death) throws Exception {
        Deed deed = death.deed();
        long sid = deed.prepare(platform);
        platform.settled();
        String[] words = deed.words(platform, sid);
        switch (death.who()) {
            case DIRECTOR -> directorDies(death, words);
            case NODE -> nodeDies(death, words);
            default -> killed(death, words, sid);
        }
        platform.settled();
        long id = sid != 0 ? sid : platform.services().stream().mapToLong(ServiceView::sid).max().orElse(0);
        arrive(deed, words, id);
        long made = sid != 0 ? sid : platform.services().stream().mapToLong(ServiceView::sid).max().orElseThrow();
        inTheEnd(deed, made);
        arrive(deed, words, made);
        inTheEnd(deed, made);
        clean();
    }

    private void directorDies(Death death, String[] words) {
        platform.director().stop();
        platform.director().start(Map.of("CONPAAS_FAILPOINT", death.at()));
        platform.cli().run(words); // its answer may be lost with the director
        assertEquals(137, platform.director().awaitEnd(90), "the failpoint " + death.at() + " is reached");
        platform.director().start(Map.of());
    }

    private void nodeDies(Death death, String[] words) throws IOException {
        String once = Long.toString(System.nanoTime(), 36);
        Files.writeString(failpoints, death.at() + " " + once + "\n", StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            platform.cli().run(words).ok();
            Wait.until("a node dies at " + death.at(), 90, () -> died(death.at() + "-" + once));
            platform.settled();
        } finally {
            Files.deleteIfExists(failpoints);
        }
    }

    private boolean died(String mark) throws IOException {
        try (Stream<Path> files = Files.find(folder, 12, (p, a) -> p.getFileName().toString().equals(mark))) {
            return files.findAny().isPresent();
        } catch (java.io.UncheckedIOException e) {
            return false; // a node's folder is just being removed
        }
    }

    private void killed(Death death, String[] words, long sid) {
        platform.cli().run(words).ok();
        NodeKind kind = death.who().name().startsWith("MANAGER") ? NodeKind.MANAGER : NodeKind.AGENT;
        Optional<Node> node = Wait.value("a " + kind, 60, () -> kind == NodeKind.MANAGER ? Optional.of(platform.manager(sid))
                : Optional.of(platform.agents(sid).getFirst()));
        if (death.who().name().endsWith("NODE")) {
            node.get().kill();
        } else {
            Processes.kill(node.get().jvm());
        }
    }

    /** Repeats the call if it has not arrived; one that has must be refused or change nothing. */
    private void arrive(Deed deed, String[] words, long sid) {
        if (!arrived(deed, sid)) {
            platform.cli().run(words);
            platform.settled();
        } else if (deed != Deed.CREATE && deed != Deed.SCALE_UP && deed != Deed.SCALE_DOWN) {
            platform.cli().run(words); // relative changes would do more, and a second create is a second service
            platform.settled();
        }
    }

    private boolean arrived(Deed deed, long sid) {
        Optional<ServiceView> service = platform.services().stream().filter(s -> s.sid() == sid).findFirst();
        if (deed.end == null || service.isEmpty()) {
            return service.isEmpty() == (deed.end == null);
        }
        return service.get().state() == deed.end && agents(sid) == deed.agentsAfter && (deed != Deed.ACTIVATE || activeSecond(sid));
    }

    private void inTheEnd(Deed deed, long sid) {
        if (deed.end == null) {
            assertTrue(platform.services().stream().noneMatch(s -> s.sid() == sid), "service " + sid + " is gone");
            return;
        }
        assertEquals(deed.end, platform.service(sid).state());
        assertEquals(deed.agentsAfter, agents(sid), "agents");
        assertTrue(deed != Deed.ACTIVATE || activeSecond(sid), "version 2 is active");
    }

    private long agents(long sid) {
        return platform.nodes(sid).stream().filter(n -> n.kind() == NodeKind.AGENT).count();
    }

    private boolean activeSecond(long sid) {
        return platform.cli().run("list_uploads", Long.toString(sid)).ok().lines().anyMatch(l -> l.contains("*") && l.contains("app2"));
    }

    private void clean() {
        for (ServiceView service : platform.services()) {
            String id = Long.toString(service.sid());
            platform.cli().run("stop", id, "--wait", "--yes");
            platform.cli().run("terminate", id, "--wait", "--yes").ok();
        }
        platform.settled();
    }
}
