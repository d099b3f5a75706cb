package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
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
    private static final String APPLICATION = "killnine";
    private static final int SAMPLE = 5;
    /** Seconds after which a point that has not been reached is missing; much, since other tests may be running. */
    private static final int DIES_WITHIN = 180;
    private final Path folder = Running.folder("killnine");
    private Platform platform;
    private Path failpoints;

    static Stream<Death> deaths() {
        List<Death> all = new ArrayList<>(Death.all());
        if (Running.LONG) {
            return Running.part(all).stream();
        }
        all.removeIf(death -> death.deed() instanceof WholeDeed); // deaths during those are sampled by GitTest, ManifestTest and WholeApplicationTest
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
        platform.cli().run("createapp", APPLICATION).ok();
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
        Request request = new Request(deed, sid, "killnine-" + Long.toString(System.nanoTime(), 36));
        switch (death.who()) {
            case DIRECTOR -> directorDies(death, request);
            case NODE -> nodeDies(death, request);
            default -> killed(death, request);
        }
        platform.settled();
        arrive(request);
        long made = made(sid);
        inTheEnd(deed, made);
        request.again();
        inTheEnd(deed, made);
        clean();
    }

    /** What is asked for, so that it can be asked for again. */
    private final class Request {
        private final Deed deed;
        private final long sid;
        private final String id;

        Request(Deed deed, long sid, String id) {
            this.deed = deed;
            this.sid = sid;
            this.id = id;
        }

        void ask() throws Exception {
            deed.ask(platform, sid, id);
        }

        /** Asks while somebody dies, with which the answer may be lost. */
        void askTheDying() throws Exception {
            try {
                ask();
            } catch (ApiException e) {
                assertTrue(e.error().code().isRetryable(), e.getMessage());
            } catch (AssertionError e) {
                System.out.println(deed.name() + " has no answer: " + e.getMessage().strip());
            }
        }

        /** The very same once more: what it led to is there already, or there is nothing left to do. */
        void again() throws Exception {
            try {
                ask();
            } catch (AssertionError e) {
                System.out.println(deed.name() + " again: " + e.getMessage().strip());
            }
            platform.settled();
        }

        /** The same wish anew, after the first was undone. */
        void anew() throws Exception {
            deed.ask(platform, sid, id + "-anew");
            platform.settled();
        }
    }

    private void directorDies(Death death, Request request) throws Exception {
        platform.director().stop();
        platform.director().start(Map.of("CONPAAS_FAILPOINT", death.at()));
        request.askTheDying();
        if (death.at().equals(Death.AFTER_MANAGER_REPLACED)) {
            platform.manager(request.sid).kill();
        }
        try {
            assertEquals(137, platform.director().awaitEnd(DIES_WITHIN), "the failpoint " + death.at() + " is reached");
        } finally {
            platform.director().stop();
            platform.director().start(Map.of());
        }
    }

    private void nodeDies(Death death, Request request) throws Exception {
        String once = Long.toString(System.nanoTime(), 36);
        Files.writeString(failpoints, death.at() + " " + once + "\n", StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            request.askTheDying();
            if (death.at().equals(Death.MANAGER_OPENED) && request.sid != 0) {
                Processes.kill(platform.manager(request.sid).jvm());
            }
            Wait.until("a node dies at " + death.at(), DIES_WITHIN, () -> died(death.at() + "-" + once));
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

    private void killed(Death death, Request request) throws Exception {
        request.ask();
        NodeKind kind = death.who().name().startsWith("MANAGER") ? NodeKind.MANAGER : NodeKind.AGENT;
        Node node = Wait.value("a " + kind, 60, () -> kind == NodeKind.MANAGER ? platform.manager(request.sid) : platform.agents(request.sid).getFirst());
        if (death.who().name().endsWith("NODE")) {
            String vm = node.folder().getFileName().toString();
            node.kill();
            Wait.until("the death of " + vm + " is noticed", 60, () -> !platform.books().vms().contains(vm));
        } else {
            Processes.kill(node.jvm());
        }
    }

    /** Repeats the call; if what it led to has been undone, it is asked for anew. */
    private void arrive(Request request) throws Exception {
        request.again();
        if (!request.deed.isDone(platform, made(request.sid))) {
            request.anew();
        }
    }

    /** The service it is about, or the newest. */
    private long made(long sid) {
        return sid != 0 ? sid : platform.services().stream().mapToLong(ServiceView::sid).max().orElse(0);
    }

    private void inTheEnd(Deed deed, long sid) throws Exception {
        assertTrue(deed.isDone(platform, sid), () -> "in the end not all of it is there: " + platform.services());
    }

    private void clean() {
        for (ServiceView service : platform.services()) {
            String id = Long.toString(service.sid());
            platform.cli().run("stop", id, "--wait", "--yes");
            platform.cli().run("terminate", id, "--wait", "--yes").ok();
        }
        platform.client().applications().stream().filter(a -> !a.name().equals(APPLICATION)).forEach(a -> platform.cli().run("deleteapp", Long.toString(a.aid())).ok());
        platform.client().exports().list().forEach(e -> platform.cli().run("delete_export", e.id()).ok());
        platform.settled();
    }
}
