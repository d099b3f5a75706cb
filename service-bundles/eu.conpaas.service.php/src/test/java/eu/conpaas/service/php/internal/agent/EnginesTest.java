package eu.conpaas.service.php.internal.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.service.php.PhpServiceType;
import eu.conpaas.service.plan.SettingValues;
import eu.conpaas.service.supervise.EngineUser;
import eu.conpaas.service.supervise.LocalSupervisor;
import eu.conpaas.service.web.Roles;
import eu.conpaas.service.web.doc.BackendDoc;
import eu.conpaas.service.web.doc.CodeDoc;
import eu.conpaas.service.web.doc.Docs;
import eu.conpaas.service.web.doc.EnginesDoc;
import eu.conpaas.service.web.doc.ProxyDoc;
import eu.conpaas.service.web.doc.ServerDoc;
import eu.conpaas.service.web.doc.WebDoc;
import eu.conpaas.service.web.testkit.EngineNode;
import eu.conpaas.service.web.testkit.Http;
import eu.conpaas.service.web.testkit.Load;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real HAProxy, nginx, PHP-FPM and Redis on loopback addresses: one proxy and web node, three backends. */
@TestInstance(Lifecycle.PER_CLASS)
class EnginesTest {
    private static final String KEY = "secret-key-of-the-test";
    private static final long TIME = 1_790_000_000_000L;
    private static final String PASSWORD = "password-of-the-test";
    private static final List<String> ALL = List.of("code-1", "code-2");
    @TempDir
    static Path temp;
    private final List<EngineNode> nodes = new ArrayList<>();
    private EngineNode front;
    private int port;
    private String store;
    private LocalSupervisor redis;
    private CodeDoc one;
    private CodeDoc two;

    @BeforeAll
    void start() throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        one = new CodeDoc("code-1", List.of(), archive("1"), TIME, ALL);
        two = new CodeDoc("code-2", List.of(), archive("2"), TIME + 1000, ALL);
        redis();
        for (int i = 0; i < 4; i++) {
            nodes.add(new EngineNode(new PhpServiceType(), "n" + i, temp, null));
        }
        front = nodes.getFirst();
        front.configure(Roles.WEB, new WebDoc(KEY, one));
        for (EngineNode node : nodes.subList(1, 4)) {
            node.configure(Roles.BACKEND, backend(one, pair(0, Map.of())));
        }
        proxy("code-1", server(1, 0), server(2, 0));
        port = ((Number) front.agent().call("proxy_info", Map.of()).get("port")).intValue();
    }

    @AfterAll
    void stop() throws Exception {
        for (EngineNode node : nodes) {
            node.close();
        }
        redis.stop("sessions");
        redis.close();
    }

    private void redis() throws Exception {
        String address = EngineNode.freeAddress();
        Path folder = temp.resolve("redis");
        redis = new LocalSupervisor(temp.resolve("redis-daemons"), temp.resolve("redis-logs"), new EngineUser(EngineNode.user()), Map.of());
        var engine = new eu.conpaas.service.web.manager.SessionStore("manager", address, folder, null, PASSWORD);
        redis.apply("sessions", List.of(engine.daemon()));
        store = address;
    }

    private String archive(String version) throws Exception {
        Path file = temp.resolve("v" + version + ".tar");
        Map<String, String> files = new HashMap<>(Map.of(
                "index.php", "<?php if (isset($_GET['q'])) { echo 'front:' . $_GET['q'] . ':' . ($_GET['x'] ?? ''); } else { require 'part.php'; echo 'index " + version + " ' . PART; }",
                "part.php", "<?php define('PART', '" + version + "');",
                "env.php", "<?php echo getenv('COLOUR'), '|', ini_get('display_errors'), '|', ini_get('memory_limit'), '|', function_exists('exec') ? 'exec' : 'none';",
                "info.php", "<?php echo $_SERVER['SCRIPT_NAME'], '|', $_SERVER['PATH_INFO'] ?? '', '|', $_SERVER['REMOTE_ADDR'], '|', $_SERVER['SERVER_PORT'], '|', json_encode($_SERVER['HTTP_X_CONPAAS_KEY'] ?? '');",
                "slow.php", "<?php for ($i = 0; $i < 50; $i++) { usleep((int) ($_GET['s'] * 20000)); } echo str_repeat('x', 20000), 'END';",
                "count.php", "<?php session_start(); $_SESSION['n'] = ($_SESSION['n'] ?? 0) + 1; echo $_SESSION['n'];",
                "up.php", "<?php echo $_FILES['f']['error'], ' ', filesize($_FILES['f']['tmp_name']);",
                "folder/index.php", "<?php echo 'folder';"));
        files.put("docs/index.html", "docs");
        files.put("style.css", "css " + version);
        files.put(".git/config", "secret");
        files.put(".htaccess.php", "<?php echo 'secret';");
        files.put("old.phtml", "<?php secret");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> f : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(f.getKey());
                byte[] data = f.getValue().getBytes(StandardCharsets.UTF_8);
                entry.setSize(data.length);
                tar.putArchiveEntry(entry);
                tar.write(data);
                tar.closeArchiveEntry();
            }
            TarArchiveEntry link = new TarArchiveEntry("link.css", org.apache.commons.compress.archivers.tar.TarConstants.LF_SYMLINK);
            link.setLinkName("style.css");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        EngineNode.CONTENT.put("hash" + version, file);
        return "hash" + version;
    }

    private EnginesDoc pair(int slot, Map<String, String> settings) {
        Map<String, String> all = SettingValues.effective(new PhpServiceType().descriptor(), settings);
        all.remove("persistent_paths");
        return new EnginesDoc(slot, all, Map.of("COLOUR", settings.isEmpty() ? "blue 'n \"green\" $x" : "red"), PASSWORD, 6);
    }

    private BackendDoc backend(CodeDoc code, EnginesDoc... pairs) {
        return new BackendDoc(KEY, code, List.of(pairs), store);
    }

    private ServerDoc server(int node, int slot) {
        return new ServerDoc("n" + node + "-" + slot, nodes.get(node).address(), Roles.BACKEND_PORT + slot, 6, 100);
    }

    private void proxy(String release, ServerDoc... backends) throws Exception {
        front.configure(Roles.PROXY, new ProxyDoc(null, release, KEY, List.of(new ServerDoc("n0", front.address(), Roles.WEB_PORT, 200, 100)), List.of(backends)));
    }

    private boolean drain(String server) throws Exception {
        return (Boolean) front.agent().call("proxy_drain", Map.of("role", "backend", "server", server, "seconds", 60)).get("drained");
    }

    private Http http() {
        return new Http(front.address(), port);
    }

    private String get(String path, int status, String... headers) throws Exception {
        try (Http http = http()) {
            Http.Answer answer = http.get(path, headers);
            assertEquals(status, answer.status(), path + " " + answer.body());
            return answer.body();
        }
    }

    @Test
    void everyKindOfPath() throws Exception {
        assertEquals("index 1 1", get("/", 200));
        assertEquals("index 1 1", get("/index.php", 200));
        assertEquals("folder", get("/folder/", 200));
        assertEquals("docs", get("/docs/", 200));
        try (Http http = http()) {
            assertEquals("/folder/?a=b", http.get("/folder?a=b").headers().get("location"));
        }
        assertEquals("/info.php|/some/path|127.0.0.1|" + port + "|\"\"", get("/info.php/some/path", 200));
        assertEquals("front:/wiki/Page:1", get("/wiki/Page?x=1", 200));
        assertEquals("front:/a&b c.png:1", get("/a%26b%20c.png?x=1", 200));
        assertEquals("front:/missing.php:", get("/missing.php", 200));
        assertEquals("css 1", get("/style.css", 200));
        assertEquals("css 1", get("/link.css", 200));
        for (String hidden : List.of("/.git/config", "/.htaccess.php", "/folder/../.git/config", "/%2egit/config", "/old.phtml", "/x.css/.git/config")) {
            assertFalse(get(hidden, 404).contains("secret"), hidden);
        }
        try (Http http = http()) {
            Http.Answer first = http.get("/style.css");
            assertEquals(304, http.get("/style.css", "If-None-Match: " + first.headers().get("etag")).status());
        }
    }

    @Test
    void clientsCannotChooseAReleaseNorReachEnginesDirectly() throws Exception {
        assertEquals("index 1 1", get("/", 200, "X-ConPaaS-Version: code-2", "X-ConPaaS-Version: ../code-2"));
        assertEquals("/info.php||127.0.0.1|" + port + "|\"\"", get("/info.php", 200, "X-ConPaaS-Key: wrong", "X-Real-IP: 1.2.3.4"));
        for (int[] engine : new int[][] {{0, Roles.WEB_PORT}, {1, Roles.BACKEND_PORT}, {0, Roles.HAND_ON}}) {
            try (Http http = new Http(nodes.get(engine[0]).address(), engine[1])) {
                assertEquals(403, http.get("/style.css", "X-ConPaaS-Version: code-1").status());
            }
        }
    }

    @Test
    void defaultsAndEnvironmentAreInForce() throws Exception {
        assertEquals("blue 'n \"green\" $x|0|128M|none", get("/env.php", 200).replace("Off", "0").replace("||", "|0|"));
    }

    @Test
    void sessionsAreSharedAndCountedOneByOne() throws Exception {
        String cookie;
        try (Http http = http()) {
            cookie = http.get("/count.php").headers().get("set-cookie").split(";")[0];
        }
        String id = cookie;
        List<CompletableFuture<String>> all = IntStream.range(0, 20).mapToObj(i -> CompletableFuture.supplyAsync(() -> {
            try {
                return get("/count.php", 200, "Cookie: " + id);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        })).toList();
        assertEquals(IntStream.rangeClosed(2, 21).mapToObj(Integer::toString).sorted().toList(), all.stream().map(CompletableFuture::join).sorted().toList());
    }

    @Test
    void activationUnderLoadShowsEachRequestOneVersion() throws Exception {
        for (EngineNode node : nodes) {
            node.agent().call("distribute", Docs.write(two));
            node.agent().call("warm", Map.of("release", "code-2"));
        }
        try (Load load = new Load(front.address(), port, "/", 4, true, a -> a.status() == 200 && (a.body().equals("index 1 1") || a.body().equals("index 2 2"))
                ? null : a.status() + " " + a.body());
                Load files = new Load(front.address(), port, "/style.css", 2, false, a -> a.status() == 200 && a.body().startsWith("css ") ? null : "" + a.status())) {
            for (int i = 0; i < 5; i++) {
                proxy("code-2", server(1, 0), server(2, 0));
                assertEquals("index 2 2", get("/", 200));
                assertEquals("css 2", get("/style.css", 200));
                proxy("code-1", server(1, 0), server(2, 0));
                assertEquals("index 1 1", get("/", 200));
            }
            assertTrue(load.failures().isEmpty() && files.failures().isEmpty(), load.failures() + " " + files.failures());
            assertTrue(load.served() > 20 && files.served() > 20);
        }
    }

    @Test
    void backendsComeAndGoUnderLoadOfSlowPages() throws Exception {
        try (Load quick = new Load(front.address(), port, "/", 4, true, a -> a.status() == 200 ? null : "" + a.status());
                Load fresh = new Load(front.address(), port, "/", 2, false, a -> a.status() == 200 ? null : "" + a.status());
                Load slow = new Load(front.address(), port, "/slow.php?s=5", 4, true, a -> a.status() == 200 && a.body().endsWith("END") ? null : a.status() + " cut")) {
            for (int i = 0; i < 2; i++) {
                proxy("code-1", server(1, 0), server(2, 0), server(3, 0));
                proxy("code-1", server(3, 0));
                assertTrue(drain("n1-0") && drain("n2-0"));
                nodes.get(1).release(Roles.BACKEND);
                nodes.get(2).release(Roles.BACKEND);
                nodes.get(1).configure(Roles.BACKEND, backend(one, pair(0, Map.of())));
                nodes.get(2).configure(Roles.BACKEND, backend(one, pair(0, Map.of())));
                proxy("code-1", server(1, 0), server(2, 0));
                assertTrue(drain("n3-0"));
            }
            assertTrue(quick.failures().isEmpty() && fresh.failures().isEmpty() && slow.failures().isEmpty(),
                    quick.failures() + " " + fresh.failures() + " " + slow.failures());
            assertTrue(quick.served() > 100 && slow.served() >= 2);
        }
    }

    @Test
    void newSettingsTakeOverOnASecondPair() throws Exception {
        try (Load load = new Load(front.address(), port, "/slow.php?s=1", 4, true, a -> a.status() == 200 && a.body().endsWith("END") ? null : a.status() + " cut")) {
            for (int node = 1; node <= 2; node++) {
                nodes.get(node).configure(Roles.BACKEND, backend(one, pair(0, Map.of()), pair(1, Map.of("display_errors", "On", "post_max_size", "300M", "upload_max_filesize", "256M"))));
            }
            proxy("code-1", server(1, 1), server(2, 1));
            assertTrue(drain("n1-0") && drain("n2-0"));
            for (int node = 1; node <= 2; node++) {
                nodes.get(node).configure(Roles.BACKEND, backend(one, pair(1, Map.of("display_errors", "On", "post_max_size", "300M", "upload_max_filesize", "256M"))));
            }
            assertTrue(get("/env.php", 200).startsWith("red|On|"));
            upload();
            for (int node = 1; node <= 2; node++) {
                nodes.get(node).configure(Roles.BACKEND, backend(one, pair(0, Map.of()), pair(1, Map.of("display_errors", "On", "post_max_size", "300M", "upload_max_filesize", "256M"))));
            }
            proxy("code-1", server(1, 0), server(2, 0));
            assertTrue(drain("n1-1") && drain("n2-1"));
            for (int node = 1; node <= 2; node++) {
                nodes.get(node).configure(Roles.BACKEND, backend(one, pair(0, Map.of())));
            }
            assertTrue(load.failures().isEmpty(), load.failures().toString());
        }
    }

    private void upload() throws Exception {
        byte[] start = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] end = "\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] body = new byte[start.length + (100 << 20) + end.length];
        System.arraycopy(start, 0, body, 0, start.length);
        System.arraycopy(end, 0, body, body.length - end.length, end.length);
        try (Http http = http()) {
            Http.Answer answer = http.send("POST", "/up.php", body, "Content-Type: multipart/form-data; boundary=b");
            assertEquals("0 " + (100 << 20), answer.body());
        }
    }

    @Test
    void aStopServesWhoIsInsideAndDoesNotWaitForIdleConnections() throws Exception {
        try (EngineNode proxy = new EngineNode(new PhpServiceType(), "leaving", temp, null)) {
            proxy.configure(Roles.PROXY, new ProxyDoc(null, "code-1", KEY, List.of(), List.of(server(1, 0))));
            int at = ((Number) proxy.agent().call("proxy_info", Map.of()).get("port")).intValue();
            try (Http idle = new Http(proxy.address(), at); Http busy = new Http(proxy.address(), at)) {
                assertEquals(200, idle.get("/").status());
                CompletableFuture<Http.Answer> slow = new CompletableFuture<>();
                Thread.ofVirtual().start(() -> {
                    try {
                        slow.complete(busy.get("/slow.php?s=3"));
                    } catch (Exception e) {
                        slow.completeExceptionally(e);
                    }
                });
                long end = System.nanoTime() + 20_000_000_000L;
                while (proxy.agent().sample().getOrDefault("php_busy", 0.0) < 1 && System.nanoTime() < end) {
                    java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                }
                long start = System.nanoTime();
                assertEquals(true, proxy.agent().call("proxy_quiet", Map.of("seconds", 60)).get("quiet"));
                assertTrue(slow.isDone() && slow.join().body().endsWith("END"));
                proxy.release(Roles.PROXY);
                assertTrue(System.nanoTime() - start < 40e9, "an idle connection is kept for 65 s");
            }
        }
    }

    @Test
    void staticFilesAreDatedAlikeOnAllNodes() throws Exception {
        try (Http http = http()) {
            assertEquals(java.time.Instant.ofEpochMilli(TIME), java.time.ZonedDateTime.parse(http.get("/style.css").headers().get("last-modified"),
                    java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        }
    }

    @Test
    void anAgentThatComesBackFindsEverythingRunning() throws Exception {
        long before = front.supervisor().pid("haproxy").orElseThrow();
        front.restartAgent();
        proxy("code-1", server(1, 0), server(2, 0));
        front.configure(Roles.WEB, new WebDoc(KEY, one));
        assertEquals(before, front.supervisor().pid("haproxy").orElseThrow());
        assertEquals("index 1 1", get("/", 200));
        assertTrue(front.agent().sample().containsKey("request_rate"));
    }
}
