package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.tests.load.BodyCheck;
import eu.conpaas.tests.load.Figures;
import eu.conpaas.tests.load.OpenLoad;
import eu.conpaas.tests.load.SampleApp;
import eu.conpaas.tests.load.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whole applications are written to a file while they serve and are written to, and come out of it under another name as they were. */
@ExtendWith(Running.class)
class WholeApplicationTest {
    private static final int FILES = 60;
    private static final int LARGE = 8 << 20;
    /** Points at which the director dies during an import of one service with data. */
    private static final List<String> DEATHS = List.of("BEFORE_JOB_STEP:1", "AFTER_JOB_STEP:1", "BEFORE_JOB_STEP:2", "AFTER_JOB_STEP:2",
            "AFTER_ACCEPT:1", "AFTER_ACCEPT:2", "AFTER_CLOUD_CREATE:1", "AFTER_READY:1");
    private final Platform platform;
    private Path folder;
    private Site site;
    private ApplicationView source;

    WholeApplicationTest(Platform platform) {
        this.platform = platform;
    }

    @BeforeEach
    void folder() {
        folder = Running.folder("exports");
    }

    @AfterEach
    void tidy() throws IOException {
        for (ApplicationView application : platform.client().applications()) {
            if (application.name().startsWith("copy") || source != null && application.aid() == source.aid()) {
                platform.cli().run("deleteapp", Long.toString(application.aid())).ok();
            }
        }
        platform.settled();
        SampleApp.delete(folder);
    }

    /** A site with two versions and files that its users have written. */
    private void deploy() throws IOException {
        site = Site.deploy(platform);
        source = applicationOf(site.sid());
        Random random = new Random(5);
        for (int i = 0; i < FILES; i++) {
            byte[] text = new byte[200 + random.nextInt(2000)];
            random.nextBytes(text);
            String body = "text=" + HexFormat.of().formatHex(text);
            assertTrue(site.send("POST", "/page.php?name=page" + i, Map.of("Content-Type", "application/x-www-form-urlencoded"), body.getBytes(StandardCharsets.US_ASCII))
                    .isSuccess());
        }
        byte[] large = new byte[LARGE];
        random.nextBytes(large);
        Files.write(SharedFiles.of(platform, site.sid()).resolve("data/large.bin"), large);
    }

    private ApplicationView applicationOf(long sid) {
        long aid = platform.service(sid).application_id();
        return platform.client().applications().stream().filter(a -> a.aid() == aid).findFirst().orElseThrow();
    }

    private Path exported() {
        Path file = folder.resolve("site.conpaas");
        platform.cli().run("export_application", Long.toString(source.aid()), file.toString()).ok();
        return file;
    }

    private ServiceView imported(String name) {
        long aid = platform.client().applications().stream().filter(a -> a.name().equals(name)).mapToLong(ApplicationView::aid).findFirst().orElseThrow();
        return platform.client().services().list(aid).getFirst();
    }

    private Site copy(String name) {
        return new Site(platform, "php", imported(name).sid(), site.first(), site.second(), site.port());
    }

    @Test
    void aSiteIsExportedWhileItIsUsedAndComesBackUnderAnotherName() throws Exception {
        deploy();
        Map<String, String> before = SharedFiles.checksums(SharedFiles.of(platform, site.sid()));
        AtomicBoolean writing = new AtomicBoolean(true);
        Thread writer = Thread.ofVirtual().start(() -> write(writing));
        OpenLoad load = OpenLoad.start(site.address(), site.address().getAddress().getHostAddress(),
                List.of(Shape.get("pages", "/fast.php", 20, true, BodyCheck.oneVersion(3, SampleApp.END))), Duration.ofMinutes(5));
        Path file;
        try (load) {
            load.recorder().phase("export");
            file = exported();
        } finally {
            writing.set(false);
            writer.join();
        }
        Figures figures = load.recorder().total();
        System.out.println("export of " + (Files.size(file) >> 20) + " MiB: " + figures);
        assertTrue(figures.sent() > 10, figures.toString());
        assertEquals(0, figures.failed(), () -> figures.details().toString());

        assertTrue(platform.cli().run("import_application", file.toString(), "copy one", "--plan").ok().contains("Create "));
        platform.cli().run("import_application", file.toString(), "copy one").ok();

        ServiceView copy = imported("copy one");
        Map<String, String> after = SharedFiles.checksums(SharedFiles.of(platform, copy.sid()));
        assertTrue(after.keySet().containsAll(before.keySet()));
        before.forEach((name, sum) -> assertEquals(sum, after.get(name), name));
        String hot = Files.readString(SharedFiles.of(platform, copy.sid()).resolve("data/hot"));
        assertEquals(1, hot.chars().distinct().count(), "the page that was being written is whole");
        assertEquals(versions(site.sid()), versions(copy.sid()));
        Site again = copy("copy one");
        assertEquals(text(site, "page7"), text(again, "page7"));
        assertTrue(again.text("/fast.php").contains("1"));
        assertEquals(200, site.get("/fast.php").status());
        again.change("enable_code", site.second());
        assertEquals(text(site, "page9"), text(again, "page9"));
    }

    private void write(AtomicBoolean on) {
        for (int i = 0; on.get(); i++) {
            String text = String.valueOf((char) ('a' + i % 26)).repeat(20_000);
            site.send("POST", "/page.php?name=hot", Map.of("Content-Type", "application/x-www-form-urlencoded"), ("text=" + text).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String text(Site of, String page) {
        String text = of.text("/page.php?name=" + page);
        return text.substring(text.indexOf("text="));
    }

    private List<String> versions(long sid) {
        return platform.client().services().versions(sid).stream().map(v -> v.id() + " " + v.hash()).toList();
    }

    /** A stopped site leaves too; and whenever the director dies during an import, its successor brings it to an end. */
    @Test
    void anImportOutlivesTheDirector() throws Exception {
        deploy();
        site.change("stop");
        Path file = exported();
        Map<String, String> before = SharedFiles.checksums(SharedFiles.of(platform, site.sid()));
        long seed = Long.getLong("conpaas.seed", 1);
        List<String> deaths = Running.LONG ? DEATHS : List.of(DEATHS.get((int) Math.floorMod(seed, (long) DEATHS.size())), "RESTORING");
        for (String death : deaths) {
            String name = "copy " + death.replace(':', ' ');
            die(file, name, death);
            Operation last = ended(name);
            assertEquals(Operation.State.DONE, last.state(), death + ": " + last.error());
            ServiceView copy = imported(name);
            assertEquals(1, platform.client().services().list(last.aid()).size(), death);
            assertEquals(ServiceState.INIT, copy.state(), death);
            assertEquals(before, SharedFiles.checksums(SharedFiles.of(platform, copy.sid())), death);
            platform.settled();
        }
    }

    private void die(Path file, String name, String death) {
        boolean planned = !death.equals("RESTORING");
        if (planned) {
            platform.director().stop();
            platform.director().start(Map.of("CONPAAS_FAILPOINT", death));
        }
        platform.cli().run("import_application", file.toString(), name, "--no-wait");
        if (planned) {
            assertEquals(137, platform.director().awaitEnd(120), death);
        } else {
            Wait.until("the restore is under way", 60, () -> ofKind().getFirst().steps().containsKey("restore-data:0"));
            platform.director().kill();
        }
        platform.director().start(Map.of());
    }

    private List<Operation> ofKind() {
        return platform.client().operations().list(0, false).stream().filter(o -> o.kind().equals("import")).toList();
    }

    private Operation ended(String name) {
        long aid = Wait.value("application " + name, 30,
                () -> platform.client().applications().stream().filter(a -> a.name().equals(name)).map(ApplicationView::aid).findFirst().orElse(null));
        return Wait.value("the import has ended", 240,
                () -> ofKind().stream().filter(o -> o.aid() == aid && o.state().isFinal()).findFirst().orElse(null));
    }

    @Test
    void aFileThatWasChangedIsRefusedBeforeAnythingIsMade() throws Exception {
        deploy();
        Path file = exported();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Path bad = Files.write(folder.resolve("bad.conpaas"), bytes);
        List<Long> services = platform.services().stream().map(ServiceView::sid).toList();
        Cli.Result refused = platform.cli().run("import_application", bad.toString(), "copy bad");
        assertEquals(1, refused.exit());
        assertTrue(refused.err().contains("damaged"), refused.err());
        assertEquals(services, platform.services().stream().map(ServiceView::sid).toList());
        assertFalse(platform.client().applications().stream().map(ApplicationView::name).collect(Collectors.toSet()).contains("copy bad"));
    }

    /** Every row, as the server writes them out. */
    @Test
    void databasesComeBackRowByRow() throws Exception {
        long sid = platform.create("mysql");
        source = applicationOf(sid);
        platform.change("start", Long.toString(sid));
        StringBuilder sql = new StringBuilder("CREATE DATABASE test; USE test; CREATE TABLE t (id INT PRIMARY KEY, v VARBINARY(300));\n");
        Random random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            byte[] value = new byte[random.nextInt(200)];
            random.nextBytes(value);
            sql.append("INSERT INTO t VALUES (").append(i).append(", x'").append(HexFormat.of().formatHex(value)).append("');\n");
        }
        platform.change("mysql", "load_dump", Long.toString(sid), Files.writeString(folder.resolve("rows.sql"), sql).toString());
        Path file = exported();
        platform.cli().run("import_application", file.toString(), "copy of rows").ok();
        assertEquals(rows(sid), rows(imported("copy of rows").sid()));
        assertTrue(rows(sid).size() > 1);
    }

    private List<String> rows(long sid) {
        return platform.cli().run("sqldump", Long.toString(sid)).ok().lines().filter(l -> l.startsWith("INSERT") || l.startsWith("CREATE") || l.startsWith("(")).toList();
    }
}
