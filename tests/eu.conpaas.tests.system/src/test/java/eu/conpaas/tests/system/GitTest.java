package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeView;
import eu.conpaas.tests.load.BodyCheck;
import eu.conpaas.tests.load.Figures;
import eu.conpaas.tests.load.OpenLoad;
import eu.conpaas.tests.load.SampleApp;
import eu.conpaas.tests.load.Shape;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pushing to a service that is in use, and what becomes of pushes when managers and directors die. The service is left as it was found. */
@ExtendWith(Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GitTest {
    private static final int KILLS = Running.LONG ? 10 : 2;
    private final Site site;
    private final Platform platform;
    private GitClient git;
    private int version = 100;

    GitTest(Site site) {
        this.site = site;
        this.platform = site.platform();
    }

    @BeforeAll
    void upload() {
        git = new GitClient(platform, site.sid(), platform.folder().resolve("git-" + Long.toString(System.nanoTime(), 36)));
    }

    @AfterAll
    void leave() {
        site.change("enable_code", site.first());
        String sid = Long.toString(site.sid());
        platform.cli().run("git_config", sid, "off").ok();
        platform.cli().run("remove_key", sid, git.comment()).ok();
        for (String line : platform.cli().run("list_uploads", sid).ok().lines().toList()) {
            if (line.strip().matches("[0-9a-f]{7,} .*")) {
                platform.cli().run("delete_code", sid, line.strip().split("\\s")[0]).ok();
            }
        }
    }

    private String listed() {
        return platform.cli().run("list_uploads", Long.toString(site.sid())).ok();
    }

    @Test
    @Order(1)
    void aPushMakesAVersionThatCanBeEnabledAndDownloaded() throws Exception {
        String commit = git.commit("push1");
        String id = GitClient.version(git.push());
        assertTrue(commit.startsWith(id));
        assertTrue(listed().contains(id), listed());
        assertTrue(site.text("/").contains("version=1"), "a push alone changes nothing for visitors");
        site.change("enable_code", id);
        assertTrue(site.text("/").contains("version=push1"));
        assertTrue(site.get("/.git/config").status() >= 400);
        Path file = Path.of(platform.cli().run("download_code", Long.toString(site.sid()), id, "--output",
                platform.folder().resolve(id + ".tar.gz").toString()).ok().replace(" written", "").strip());
        Process tar = new ProcessBuilder("tar", "-tzf", file.toString()).redirectErrorStream(true).start();
        List<String> names = new String(tar.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).lines().toList();
        assertEquals(0, tar.waitFor(), names.toString());
        assertTrue(names.contains("index.php") && names.stream().noneMatch(n -> n.startsWith(".git")), names.toString());
    }

    @Test
    @Order(2)
    void pushesThatActivateCostNoRequest() {
        assertTrue(platform.cli().run("git_config", Long.toString(site.sid()), "on").ok().contains("On"));
        InetSocketAddress address = site.address();
        BodyCheck whole = BodyCheck.oneVersion(3, SampleApp.END);
        try (OpenLoad load = OpenLoad.start(address, address.getAddress().getHostAddress(),
                List.of(Shape.get("kept open", "/fast.php", 15, true, whole), Shape.get("fresh", "/fast.php", 5, false, whole)), Duration.ofMinutes(5))) {
            load.recorder().phase("pushes");
            for (int i = 0; i < 2; i++) {
                String name = "push" + version++;
                git.commit(name);
                Cli.Result push = git.push();
                assertTrue(push.err().contains(GitClient.version(push) + " is active"), push.err());
                assertTrue(site.text("/").contains("version=" + name));
            }
            load.stop();
            Figures figures = load.recorder().of("pushes");
            assertTrue(figures.sent() > 10, "there was load");
            assertEquals(0, figures.failed(), () -> figures + "\n" + String.join("\n", figures.details()));
        }
        platform.cli().run("git_config", Long.toString(site.sid()), "off").ok();
    }

    @Test
    @Order(3)
    void aManagerThatDiesTakesNoAcknowledgedPushWithIt() throws Exception {
        long seed = Long.getLong("conpaas.seed", System.currentTimeMillis());
        System.out.println("seed " + seed + ": " + KILLS + " kills of the manager during a push");
        Random random = new Random(seed);
        for (int i = 0; i < KILLS; i++) {
            String before = git.pushed();
            String commit = git.commit("push" + version++);
            Process push = git.pushing();
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1500)).toNanos());
            Processes.kill(platform.manager(site.sid()).jvm());
            assertTrue(push.waitFor(5, TimeUnit.MINUTES));
            afterwards(before, commit, push.exitValue() == 0);
        }
    }

    @Test
    @Order(4)
    void aManagerThatDiesBeforeOrAfterTheDirectorHasThePush() throws Exception {
        for (String point : List.of("MANAGER_BEFORE_PUSH", "MANAGER_AFTER_PUSH")) {
            String before = git.pushed();
            String commit = git.commit("push" + version++);
            NodeView manager = platform.nodes(site.sid()).stream().filter(n -> n.kind() == NodeKind.MANAGER).findFirst().orElseThrow();
            arm(point + " " + Long.toString(System.nanoTime(), 36) + " " + manager.id() + "\n");
            try {
                assertNotEquals(0, git.push().exit(), "not acknowledged");
            } finally {
                arm("");
            }
            assertEquals(point.endsWith("AFTER_PUSH") ? commit : before, git.pushed());
            afterwards(before, commit, false);
        }
    }

    private static void arm(String line) throws IOException {
        Path points = Products.node().resolve("failpoints");
        if (line.isEmpty()) {
            Files.deleteIfExists(points);
        } else {
            Files.writeString(points, line);
        }
    }

    /** The push is there whole, with its version, or not at all; then it can be pushed again. */
    private void afterwards(String before, String commit, boolean acknowledged) {
        String now = git.pushed();
        assertTrue(now.equals(commit) || !acknowledged && now.equals(before), now + " is neither " + commit + " nor " + before + ", acknowledged: " + acknowledged);
        assertEquals(now.equals(commit), listed().contains(commit.substring(0, 7)), listed());
        git.push().ok();
        assertEquals(commit, git.pushed());
        assertTrue(listed().contains(commit.substring(0, 7)), listed());
    }

    @Test
    @Order(5)
    void pushesWaitForTheDirector() {
        String before = git.pushed();
        String commit = git.commit("push" + version++);
        platform.director().stop();
        platform.director().start(Map.of("CONPAAS_FAILPOINT", "AFTER_PUSH"));
        Cli.Result lost;
        try {
            lost = git.push();
            assertEquals(137, platform.director().awaitEnd(60), "the failpoint is reached");
        } finally {
            platform.director().stop();
            platform.director().start(Map.of());
        }
        assertNotEquals(0, lost.exit());
        assertTrue(lost.err().contains("director cannot be reached"), lost.err());
        Wait.until("the push that was taken shows", 60, () -> git.pushed().equals(commit));
        afterwards(before, commit, false);
    }

    @Test
    @Order(6)
    void anotherManagerHasTheSameHistoryAndHostKey() {
        String key = git.hostKey();
        String log = git.git("log", "--format=%H %s").ok();
        String node = platform.nodes(site.sid()).stream().filter(n -> n.kind() == NodeKind.MANAGER).map(NodeView::id).findFirst().orElseThrow();
        platform.manager(site.sid()).kill();
        Wait.until("another manager", 180, () -> platform.nodes(site.sid()).stream().anyMatch(n -> n.kind() == NodeKind.MANAGER && !n.id().equals(node)));
        assertEquals(key, Wait.value("its Git server", 60, git::hostKey));
        Path again = git.clone("again");
        assertEquals(log, git.git("-C", again.toString(), "log", "--format=%H %s").ok());
        assertEquals(1, git.seenHostKeys().size(), git.seenHostKeys().toString());
        git.commit("push" + version++);
        assertTrue(git.push().err().contains("Code version"));
        platform.settled();
    }
}
