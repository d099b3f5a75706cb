package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.tests.load.SampleApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The same without root: nodes on loopback addresses. Run by root, the director becomes another user. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoopbackTest {
    private static final String NOBODY = "65534";
    private Path folder;
    private Platform platform;

    @BeforeAll
    void start() throws Exception {
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        folder = Files.createTempDirectory("conpaas-loopback");
        Path director = Products.director();
        List<String> prefix = List.of();
        if (root) {
            Path copy = folder.resolve("product");
            run("cp", "-a", director.getParent().getParent().toString(), copy.toString());
            run("chmod", "755", folder.toString());
            director = copy.resolve("bin/conpaas-director");
            prefix = List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--");
            Files.createDirectories(folder.resolve("data/director"));
            run("chown", "-R", NOBODY + ":" + NOBODY, folder.resolve("data").toString());
        }
        platform = Platform.start(folder.resolve("data"), Map.of("iaas.MODE", "loopback", "director.LEASE", "6", "director.HEARTBEAT", "2"), prefix, director);
    }

    @AfterAll
    void end() throws Exception {
        platform.close();
        SampleApp.delete(folder);
    }

    @Test
    void aPhpSiteScalesWithoutRoot() throws Exception {
        Site site = Site.deploy(platform);
        assertTrue(site.text("/").contains("version=1"));
        site.change("add_nodes", "2", "0", "0");
        assertTrue(site.text("/").contains("version=1"));
        site.change("enable_code", site.second());
        assertTrue(site.text("/").contains("version=2"));
        site.change("remove_nodes", "2", "0", "0");
        assertTrue(site.text("/").contains("version=2"));
    }

    @Test
    void aDatabaseHasItsTwoAddressesWithoutRoot() {
        Database database = Database.start(platform);
        Wait.until("the master answers reads", 30, () -> database.query(database.reads(), Database.WRITES, "SELECT @@global.read_only").equals("0"));
        database.change("add_nodes", "1");
        Wait.until("the replica answers reads", 60, () -> database.query(database.reads(), Database.WRITES, "SELECT @@global.read_only").equals("1"));
        assertEquals("0", database.query(Database.WRITES, "SELECT @@global.read_only"));
        String sid = Long.toString(database.sid());
        platform.change("stop", sid);
        platform.change("terminate", sid);
    }

    private static void run(String... command) throws Exception {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), String.join(" ", command));
    }
}
