package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.Published;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.tests.load.SampleApp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An application of two services made, changed and taken back by manifests on the real system, its director killed on the way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManifestTest {
    /** Steps of the manifest below; the director may die before or after each. */
    private static final int STEPS = 7;
    private final Path folder = Running.folder("manifests");
    private Platform platform;
    private FileServer files;

    @BeforeAll
    void start() throws Exception {
        platform = Platform.start(folder, FileServer.settings());
        files = new FileServer();
        files.serve("/app.tar.gz", SampleApp.archive(folder.resolve("app1.tar.gz"), "1", 0));
        files.serve("/notes.sql", "CREATE DATABASE notes; CREATE TABLE notes.n (text VARCHAR(20)); INSERT INTO notes.n VALUES ('row 42');\n");
        files.serve("/notes.zip", zip("index.php", "<?php $m = new mysqli(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), 'notes', (int) getenv('DB_PORT'));"
                + " echo $m->query('SELECT text FROM n')->fetch_row()[0];"));
    }

    @AfterAll
    void end() {
        files.close();
        platform.close();
    }

    private String manifest(String name, String more) {
        return """
                {"Application": "%s", "Services": [
                  {"Type": "php", "ServiceName": "Store", "Start": 1, "StartupInstances": {"proxy": "1", "web": "1", "backend": "1"}},
                  {"Type": "php", "ServiceName": "web", "Start": 1, "Archive": "%s/app.tar.gz",
                   "Environment": {"UPSTREAM": "${store.url}"}%s}]}""".formatted(name, files.base(), more);
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("manifest.json"), text);
    }

    private long aid(String name) {
        return platform.client().applications().stream().filter(a -> a.name().equals(name)).mapToLong(ApplicationView::aid).findFirst().orElseThrow();
    }

    private ServiceView service(long aid, String name) {
        return platform.client().services().list(aid).stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    private Site site(long aid) {
        ServiceView web = service(aid, "web");
        ServiceView other = platform.client().services().list(aid).stream().filter(s -> s.sid() != web.sid()).findFirst().orElseThrow();
        String port = Wait.value("the manager tells where the site is, right after a start", 60, () -> platform.client().services().references(other.sid()).stream()
                .filter(p -> p.sid() == web.sid()).findFirst().orElseThrow().values().get("port"));
        return new Site(platform, "php", web.sid(), null, null, Integer.parseInt(port));
    }

    private void remove(long aid) {
        platform.cli().run("deleteapp", Long.toString(aid)).ok();
        platform.settled();
    }

    private static String[] failpoints() {
        List<String> all = new ArrayList<>();
        for (int n = 1; n <= STEPS; n++) {
            all.add("BEFORE_JOB_STEP:" + n);
            all.add("AFTER_JOB_STEP:" + n);
        }
        long seed = Long.getLong("conpaas.seed", System.currentTimeMillis());
        System.out.println("seed " + seed);
        return Running.LONG ? all.toArray(String[]::new) : new String[] {all.get(new Random(seed).nextInt(all.size()))};
    }

    @Test
    void aKilledDirectorGoesOnWithAManifest() throws Exception {
        for (String failpoint : failpoints()) {
            String name = "killed-" + failpoint.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "-");
            platform.director().stop();
            platform.director().start(Map.of("CONPAAS_FAILPOINT", failpoint));
            platform.cli().run("manifest", file(manifest(name, "")).toString(), "--no-wait"); // its answer may be lost with the director
            assertEquals(137, platform.director().awaitEnd(120), failpoint + " is reached");
            platform.director().start(Map.of());
            platform.settled();
            long aid = aid(name);
            assertEquals(List.of("Store", "web"), platform.client().services().list(aid).stream().map(ServiceView::name).toList(), failpoint);
            assertTrue(platform.client().services().list(aid).stream().allMatch(s -> s.state() == ServiceState.RUNNING), failpoint);
            Site site = site(aid);
            assertTrue(site.text("/").contains("version=1"));
            remove(aid);
        }
    }

    @Test
    void servicesFindEachOtherAndChangesArePutInForceWithoutAFailedRequest() throws Exception {
        platform.cli().run("manifest", file(manifest("shop", "")).toString()).ok();
        long aid = aid("shop");
        Site site = site(aid);
        Published store = platform.client().services().references(site.sid()).getFirst();
        String url = store.values().get("url");
        assertEquals("http://" + service(aid, "Store").address() + ":" + store.values().get("port"), url);
        Wait.until("the application is told where the other service is", 30, () -> env(site, "UPSTREAM").contains(url.replace("/", "\\/")));
        assertTrue(env(site, "STORE_ADDRESS").contains(service(aid, "Store").address()));
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> load = threads.submit(() -> requests(site, over));
            try {
                changed(aid, site);
            } finally {
                over.set(true);
            }
            assertTrue(load.get() > 10);
        }
        assertTrue(site.text("/info.php?ini=memory_limit").contains("64M"));
        assertTrue(env(site, "UPSTREAM").contains(url.replace("/", "\\/")));
        String downloaded = platform.cli().run("download_manifest", "shop").ok();
        assertTrue(platform.cli().run("apply_manifest", "shop", file(downloaded).toString(), "--plan").ok().contains("Credits needed now: 0"));
        platform.settled();
        remove(aid);
    }

    /** A page that asks the database it finds by its variables; the table comes with the manifest's dump. */
    @Test
    void anApplicationFindsItsDatabaseAndIsMadeAgainWithItsData() throws Exception {
        String manifest = """
                {"Application": "notes", "Services": [
                  {"Type": "mysql", "ServiceName": "The DB", "Start": 1, "Password": "quite a long secret", "Dump": "%1$s/notes.sql"},
                  {"Type": "php", "ServiceName": "web", "Start": 1, "Archive": "%1$s/notes.zip",
                   "Environment": {"DB_HOST": "${the-db.address}", "DB_PORT": "${mysql.port}", "DB_USER": "${the-db.user}", "DB_PASSWORD": "quite a long secret"}}]}""".formatted(files.base());
        platform.cli().run("manifest", file(manifest).toString()).ok();
        long aid = aid("notes");
        Wait.until("the page has the row of the dump", 60, () -> "row 42".equals(site(aid).text("/")));
        ServiceView database = service(aid, "The DB");
        platform.change("mysql", "add_nodes", Long.toString(database.sid()), "1");
        assertEquals("row 42", site(aid).text("/"), "the address stays when the database grows");
        String copy = platform.cli().run("download_manifest", "notes", "--secrets", "--data").ok().replace("\"Dump\"", "\"Password\" : \"quite a long secret\", \"Dump\"");
        platform.cli().run("manifest", file(copy).toString()).ok();
        long second = aid("notes (2)");
        Wait.until("the copy has it too", 60, () -> "row 42".equals(site(second).text("/")));
        assertTrue(!service(second, "The DB").address().equals(database.address()));
        remove(second);
        remove(aid);
    }

    private static byte[] zip(String name, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** A service gets another name, then the application another manifest. */
    private void changed(long aid, Site site) throws Exception {
        platform.cli().run("rename", Long.toString(service(aid, "Store").sid()), "Depot").ok();
        Wait.until("the renamed service is known by its new name", 60, () -> env(site, "DEPOT_ADDRESS").contains(service(aid, "Depot").address())
                && env(site, "STORE_ADDRESS").equals("false"));
        String changed = manifest("shop", ", \"StartupInstances\": {\"backend\": 2}, \"Settings\": {\"memory_limit\": \"64M\"}").replace("Store", "Depot").replace("store", "depot");
        String plan = platform.cli().run("apply_manifest", "shop", file(changed).toString(), "--plan").ok();
        assertTrue(plan.contains("memory_limit (default) → 64M") && plan.contains("add 1 backend") && plan.contains("change UPSTREAM"), plan);
        platform.cli().run("apply_manifest", "shop", file(changed).toString()).ok();
    }

    /** The value as JSON, or {@code false}. */
    private static String env(Site site, String name) {
        return site.text("/info.php?env=" + name).replaceAll("(?s).*\"env\":(.*?),\"ini\":.*", "$1");
    }

    /** Requests one after the other until told to stop; each must be answered. */
    private static int requests(Site site, AtomicBoolean over) {
        int count = 0;
        while (!over.get()) {
            assertTrue(site.text("/").contains("version=1"));
            count++;
        }
        return count;
    }
}
