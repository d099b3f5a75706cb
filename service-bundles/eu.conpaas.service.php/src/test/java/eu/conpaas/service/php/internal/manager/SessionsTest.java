package eu.conpaas.service.php.internal.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.CodeVersion;
import eu.conpaas.service.php.PhpServiceType;
import eu.conpaas.service.web.testkit.Http;
import eu.conpaas.service.web.testkit.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions survive the death of the manager's node, and requests that come while there is none wait. */
class SessionsTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({"true, false", "false, false", "false, true"})
    void theyAreThereForTheNextManager(boolean shared, boolean sameAddress) throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (World world = new World(new PhpServiceType(), temp, shared); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            upload(world);
            world.change("startup", Map.of());
            world.change("add_nodes", Map.of("backend", 2));
            String cookie;
            try (Http http = new Http(world.address(), world.port())) {
                cookie = "Cookie: " + http.get("/count.php").headers().get("set-cookie").split(";")[0];
            }
            for (int death = 1; death <= 2; death++) {
                assertEquals(Integer.toString(3 * death - 1), count(world, cookie));
                world.killManager();
                Future<String> waiting = threads.submit(() -> count(world, cookie));
                world.replaceManager(sameAddress);
                assertEquals(Integer.toString(3 * death), waiting.get(1, TimeUnit.MINUTES));
                assertTrue(world.converge().isEmpty());
                assertEquals(Integer.toString(3 * death + 1), count(world, cookie));
            }
            world.change("shutdown", Map.of());
            world.change("startup", Map.of());
            assertEquals("8", count(world, cookie));
        }
    }

    private static String count(World world, String cookie) throws Exception {
        try (Http http = new Http(world.address(), world.port())) {
            return http.get("/count.php", cookie).body();
        }
    }

    private void upload(World world) throws Exception {
        Path file = temp.resolve("count.tar");
        byte[] page = "<?php session_start(); echo $_SESSION['n'] = ($_SESSION['n'] ?? 0) + 1;".getBytes(StandardCharsets.UTF_8);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            TarArchiveEntry entry = new TarArchiveEntry("count.php");
            entry.setSize(page.length);
            tar.putArchiveEntry(entry);
            tar.write(page);
            tar.closeArchiveEntry();
        }
        world.upload(new CodeVersion("code-c", "count.tar", "tar", "", Instant.EPOCH, "hash-count", Files.size(file)), file);
        world.change("update_php_configuration", Map.of("codeVersionId", "code-c"));
    }
}
