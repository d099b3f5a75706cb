package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.Published;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.tests.load.SampleApp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private HttpServer files;

    @BeforeAll
    void start() throws Exception {
        Map<String, String> settings = new HashMap<>(Running.SETTINGS);
        settings.put("director.FETCH_ALLOW", "127.0.0.1");
        platform = Platform.start(folder, settings);
        Path archive = SampleApp.archive(folder.resolve("app1.tar.gz"), "1", 0);
        files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.createContext("/app.tar.gz", exchange -> {
            exchange.sendResponseHeaders(200, Files.size(archive));
            Files.copy(archive, exchange.getResponseBody());
            exchange.close();
        });
        files.start();
    }

    @AfterAll
    void end() {
        files.stop(0);
        platform.close();
    }

    private String manifest(String name, String more) {
        return """
                {"Application": "%s", "Services": [
                  {"Type": "php", "ServiceName": "Store", "Start": 1, "StartupInstances": {"proxy": "1", "web": "1", "backend": "1"}},
                  {"Type": "php", "ServiceName": "web", "Start": 1, "Archive": "http://127.0.0.1:%d/app.tar.gz",
                   "Environment": {"UPSTREAM": "${store.url}"}%s}]}""".formatted(name, files.getAddress().getPort(), more);
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
        Published web = platform.client().services().references(service(aid, "Store").sid()).getFirst();
        return new Site(platform, service(aid, "web").sid(), null, null, Integer.parseInt(web.values().get("port")));
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
            platform.cli().run("rename", Long.toString(service(aid, "Store").sid()), "Depot").ok();
            Wait.until("the renamed service is known by its new name", 60, () -> env(site, "DEPOT_ADDRESS").contains(service(aid, "Depot").address())
                    && !env(site, "STORE_ADDRESS").contains("127.") && !env(site, "STORE_ADDRESS").contains("10."));
            String changed = manifest("shop", ", \"StartupInstances\": {\"backend\": 2}, \"Settings\": {\"memory_limit\": \"64M\"}").replace("Store", "Depot").replace("store", "depot");
            String plan = platform.cli().run("apply_manifest", "shop", file(changed).toString(), "--plan").ok();
            assertTrue(plan.contains("memory_limit (default) → 64M") && plan.contains("add 1 backend") && plan.contains("change UPSTREAM"), plan);
            platform.cli().run("apply_manifest", "shop", file(changed).toString()).ok();
            over.set(true);
            assertTrue(load.get() > 10);
        }
        assertTrue(site.text("/info.php?ini=memory_limit").contains("64M"));
        assertTrue(env(site, "UPSTREAM").contains(url.replace("/", "\\/")));
        String downloaded = platform.cli().run("download_manifest", "shop").ok();
        assertTrue(platform.cli().run("apply_manifest", "shop", file(downloaded).toString(), "--plan").ok().contains("Credits needed now: 0"));
        platform.settled();
        remove(aid);
    }

    private static String env(Site site, String name) {
        return site.text("/info.php?env=" + name);
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
