package eu.conpaas.service.php.internal.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.Published;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.php.PhpServiceType;
import eu.conpaas.service.web.testkit.Doors;
import eu.conpaas.service.web.testkit.EngineNode;
import eu.conpaas.service.web.testkit.Http;
import eu.conpaas.service.web.testkit.Load;
import eu.conpaas.service.web.testkit.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole service on this machine: planner, manager, agents and real engines, under load while it changes. */
class PhpManagerTest {
    private static final Function<Http.Answer, String> OK = a -> a.status() == 200 && a.body().endsWith("END") ? null : a.status() + " " + a.body();
    @TempDir
    Path temp;
    private World world;
    private int port;

    @BeforeEach
    void start() throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        world = new World(new PhpServiceType(), temp);
        upload("a");
        upload("b");
        world.change("startup", Map.of());
        port = world.port();
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    private void upload(String version) throws Exception {
        Path file = temp.resolve(version + ".tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> f : Map.of(
                    "index.php", "<?php echo '" + version + " END';",
                    "slow.php", "<?php $t = microtime(true); while (microtime(true) - $t < 2) { usleep(50000); } echo '" + version + " END';",
                    "mode.php", "<?php echo ini_get('display_errors'), getenv('GREETING');",
                    "db.php", "<?php echo getenv('MY_DB_ADDRESS'), '|', getenv('DB_HOST'), '|', getenv('OLD_IP');",
                    "count.php", "<?php session_start(); echo $_SESSION['n'] = ($_SESSION['n'] ?? 0) + 1;",
                    "write.php", "<?php file_put_contents('data/page.txt', $_GET['text']); echo 'written';",
                    "read.php", "<?php echo file_get_contents('data/page.txt'), file_get_contents('data/seed.txt');",
                    "style.css", version + " END",
                    "data/seed.txt", "seed of " + version).entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(f.getKey());
                byte[] data = f.getValue().getBytes(StandardCharsets.UTF_8);
                entry.setSize(data.length);
                tar.putArchiveEntry(entry);
                tar.write(data);
                tar.closeArchiveEntry();
            }
        }
        world.upload(new CodeVersion("code-" + version, version + ".tar", "tar", "", Instant.EPOCH, "hash-" + version, Files.size(file)), file);
    }

    private String get(String path, String... headers) throws Exception {
        try (Http http = new Http(world.address(), port)) {
            return http.get(path, headers).body();
        }
    }

    private Load load(String path, int connections, boolean keepAlive) {
        return new Load(world.address(), port, path, connections, keepAlive, OK);
    }

    @Test
    void everyChangeUnderLoadWithoutOneFailure() throws Exception {
        assertTrue(get("/").contains("Welcome to ConPaaS!"));
        world.change("update_php_configuration", Map.of("codeVersionId", "code-a", "phpconf", Map.of("persistent_paths", "data")));
        assertEquals("a END", get("/"));
        get("/write.php?text=hello");
        String cookie;
        try (Http http = new Http(world.address(), port)) {
            cookie = "Cookie: " + http.get("/count.php").headers().get("set-cookie").split(";")[0];
        }
        List<Load> loads = List.of(load("/", 3, true), load("/", 2, false), load("/style.css", 2, true), load("/slow.php", 3, true));
        try {
            world.change("add_nodes", Map.of("backend", 2));
            world.change("update_php_configuration", Map.of("codeVersionId", "code-b"));
            assertEquals("b END", get("/"));
            assertEquals("helloseed of a", get("/read.php"), "files are shared, and a new version does not overwrite them");
            world.change("add_nodes", Map.of("web", 1, "backend", 1, "proxy", 1));
            world.change("toggle_debug", Map.of());
            for (int i = 0; i < 6; i++) {
                assertEquals("On", get("/mode.php"));
                assertEquals(Integer.toString(i + 2), get("/count.php", cookie));
            }
            world.change("rollback", Map.of());
            assertEquals("a END", get("/style.css"));
            world.change("remove_nodes", Map.of("proxy", 1, "web", 1, "backend", 3));
            assertEquals(1, world.desired().placement().size());
            assertEquals("8", get("/count.php", cookie));
        } finally {
            for (Load load : loads) {
                load.close();
                assertTrue(load.failures().isEmpty(), load.failures().toString());
                assertTrue(load.served() > 3);
            }
        }
        assertTrue(world.converge().isEmpty());
    }

    @Test
    void whatOthersPublishReachesTheApplicationWithoutOneFailure() throws Exception {
        world.change("update_php_configuration", Map.of("codeVersionId", "code-a"));
        world.change("add_nodes", Map.of("backend", 2));
        List<Load> loads = List.of(load("/", 3, true), load("/slow.php", 2, true));
        try {
            world.change("set_environment", Map.of("name", "DB_HOST", "value", "${my-db.address}:${my-db.port}"));
            assertEquals("||", get("/db.php"), "what has no value is not set");
            for (String at : List.of("10.0.0.1", "10.0.0.2 \"quoted\" $5 ; \\")) {
                world.published(List.of(new Published(9, "My DB", "store", List.of("address", "port"), Map.of("address", at, "port", "33"), Map.of("OLD_IP", at))));
                assertTrue(world.converge().isEmpty());
                for (int i = 0; i < 4; i++) {
                    assertEquals(at + "|" + at + ":33|" + at, get("/db.php"));
                }
            }
            world.published(List.of());
            assertTrue(world.converge().isEmpty());
            assertEquals("||", get("/db.php"));
        } finally {
            for (Load load : loads) {
                load.close();
                assertTrue(load.failures().isEmpty(), load.failures().toString());
                assertTrue(load.served() > 3);
            }
        }
    }

    @Test
    void aLeavingProxyServesItsClientsToTheEnd() throws Exception {
        world.change("update_php_configuration", Map.of("codeVersionId", "code-a"));
        world.change("add_nodes", Map.of("web", 1, "backend", 1, "proxy", 1));
        EngineNode leaving = world.node("proxy", 1);
        try (Http client = new Http(leaving.address(), port)) {
            assertEquals("a END", client.get("/style.css").body());
            Future<?> change = Doors.closed(leaving.address(), port, () -> world.change("remove_nodes", Map.of("proxy", 1)));
            assertEquals("a END", client.get("/handed-on.css").body(), "the web role has no such file and hands the request back");
            client.close();
            change.get(1, TimeUnit.MINUTES);
        }
        assertEquals(1, world.desired().nodesWith("proxy").size());
    }

    @Test
    void whoIsInsideIsServedBeforeTheServiceStops() throws Exception {
        world.change("update_php_configuration", Map.of("codeVersionId", "code-a"));
        world.change("add_nodes", Map.of("backend", 1));
        try (Http waiting = new Http(world.address(), port); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertEquals("a END", waiting.get("/").body());
            Future<String> slow = threads.submit(() -> get("/slow.php"));
            Future<?> change = Doors.closed(world.address(), port, () -> world.change("shutdown", Map.of()));
            assertEquals("a END", waiting.get("/").body());
            assertEquals("a END", slow.get(1, TimeUnit.MINUTES));
            waiting.close();
            change.get(1, TimeUnit.MINUTES);
        }
        assertTrue(world.desired().placement().isEmpty());
    }

    @Test
    void undoneChangesLeaveNothing() throws Exception {
        world.change("update_php_configuration", Map.of("codeVersionId", "code-a"));
        try (Load load = load("/", 3, true)) {
            for (int steps = 0; steps <= 2; steps++) {
                world.changeAndUndo("add_nodes", Map.of("backend", 1), steps);
                world.changeAndUndo("toggle_debug", Map.of(), steps);
                assertEquals("", get("/mode.php").replace("Off", ""));
            }
            assertTrue(world.converge().isEmpty());
            assertTrue(load.failures().isEmpty(), load.failures().toString());
        }
        assertEquals(1, world.desired().placement().size());
    }

    @Test
    void lossesAreRepaired() throws Exception {
        world.change("update_php_configuration", Map.of("codeVersionId", "code-a"));
        world.change("add_nodes", Map.of("backend", 2));
        String cookie;
        try (Http http = new Http(world.address(), port)) {
            cookie = "Cookie: " + http.get("/count.php").headers().get("set-cookie").split(";")[0];
        }
        world.loseManager();
        assertEquals("2", get("/count.php", cookie), "the new session store has what the one before had");
        String victim = world.desired().nodesWith("backend").getFirst();
        try (Load load = load("/", 3, true)) {
            world.kill(victim);
            world.replaceDead();
            assertFalse(world.desired().nodesWith("backend").contains(victim));
            assertTrue(load.failures().isEmpty(), "idempotent requests are retried: " + load.failures());
        }
        world.change("shutdown", Map.of());
        world.change("startup", Map.of());
        assertEquals("a END", get("/"));
    }

    @Test
    void queriesAnswerInTheOldShapes() throws Exception {
        var manager = world.manager();
        var situation = world.situation(world.desired());
        assertEquals(Map.of("proxy", List.of("node-1"), "web", List.of("node-1"), "backend", List.of("node-1")), manager.query("list_nodes", Map.of(), situation));
        assertEquals(port, manager.query("info", Map.of(), situation).get("port"));
        Situation starting = new Situation(situation.assignment(), world.desired().withPlacement(List.of()), world.desired(), situation.agents(), situation.cancel());
        assertEquals(port, world.manager().query("info", Map.of(), starting).get("port"), "the manager hears a little later that the start is over");
        assertEquals("128M", ((Map<?, ?>) manager.query("get_configuration", Map.of(), situation).get("phpconf")).get("memory_limit"));
        Map<?, ?> node = (Map<?, ?>) manager.query("get_node_info", Map.of("serviceNodeId", "node-1"), situation).get("serviceNode");
        assertEquals(true, node.get("isRunningBackend"));
        assertEquals(100, node.get("weightBackend"));
        assertTrue(manager.query("get_service_performance", Map.of(), situation).keySet().containsAll(List.of("request_rate", "error_rate", "throughput", "response_time")));
    }
}
