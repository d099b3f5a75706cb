package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.Operation;
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
        Request request = new Request(deed, deed.words(platform, sid), sid, "killnine-" + Long.toString(System.nanoTime(), 36));
        switch (death.who()) {
            case DIRECTOR -> directorDies(death, request);
            case NODE -> nodeDies(death, request);
            default -> killed(death, request);
        }
        platform.settled();
        arrive(request);
        long made = sid != 0 ? sid : platform.services().stream().mapToLong(ServiceView::sid).max().orElseThrow();
        inTheEnd(deed, made);
        request.again();
        inTheEnd(deed, made);
        clean();
    }

    /** What is asked for, so that it can be asked for again: in words, or else through the client with an id of its own. */
    private final class Request {
        private final Deed deed;
        private final String[] words;
        private final long sid;
        private final String id;

        Request(Deed deed, String[] words, long sid, String id) {
            this.deed = deed;
            this.words = words;
            this.sid = sid;
            this.id = id;
        }

        void ask() {
            if (words != null) {
                platform.cli().run(words).ok();
            } else {
                begin(id);
            }
        }

        private void begin(String as) {
            Operation operation = deed.ask(platform, sid, as);
            if (deed == Deed.CANCELLED && !operation.state().isFinal()) {
                platform.client().operations().cancel(operation.id());
            }
        }

        /** Asks while the director dies, with which the answer may be lost. */
        void askTheDying() {
            if (words != null) {
                platform.cli().run(words);
                return;
            }
            try {
                begin(id);
            } catch (ApiException e) {
                assertTrue(e.error().code().isRetryable(), e.getMessage());
            }
        }

        /** The very same once more: what it led to is there already, or there is nothing left to do. */
        void again() {
            if (words == null) {
                begin(id);
            } else {
                platform.cli().run(words);
            }
            platform.settled();
        }

        /** The same wish anew, after the first was undone. */
        void anew() {
            if (words == null) {
                begin(id + "-anew");
            } else {
                platform.cli().run(words).ok();
            }
            platform.settled();
        }
    }

    private void directorDies(Death death, Request request) {
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

    private void nodeDies(Death death, Request request) throws IOException {
        String once = Long.toString(System.nanoTime(), 36);
        Files.writeString(failpoints, death.at() + " " + once + "\n", StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            request.ask();
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

    private void killed(Death death, Request request) {
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
    private void arrive(Request request) {
        request.again();
        long sid = request.sid != 0 ? request.sid : platform.services().stream().mapToLong(ServiceView::sid).max().orElse(0);
        if (!arrived(request.deed, sid)) {
            request.anew();
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
