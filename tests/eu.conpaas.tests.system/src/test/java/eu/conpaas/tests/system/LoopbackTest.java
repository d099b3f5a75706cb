package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.tests.load.SampleApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same without root: nodes on loopback addresses. Run by root, the director becomes another user. */
class LoopbackTest {
    private static final String NOBODY = "65534";

    @Test
    void aPhpSiteScalesWithoutRoot() throws Exception {
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        Path folder = Files.createTempDirectory("conpaas-loopback");
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
        Path data = folder.resolve("data");
        try (Platform platform = Platform.start(data, Map.of("iaas.MODE", "loopback", "director.LEASE", "6", "director.HEARTBEAT", "2"), prefix, director)) {
            Site site = Site.deploy(platform);
            assertTrue(site.text("/").contains("version=1"));
            site.change("add_nodes", "2", "0", "0");
            assertTrue(site.text("/").contains("version=1"));
            site.change("enable_code", site.second());
            assertTrue(site.text("/").contains("version=2"));
            site.change("remove_nodes", "2", "0", "0");
            assertTrue(site.text("/").contains("version=2"));
        }
        SampleApp.delete(folder);
    }

    private static void run(String... command) throws Exception {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), String.join(" ", command));
    }
}
