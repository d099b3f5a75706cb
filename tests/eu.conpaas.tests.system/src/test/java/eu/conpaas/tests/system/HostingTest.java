package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ServiceState;
import eu.conpaas.tests.load.Answer;
import eu.conpaas.tests.load.SampleApp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a PHP application may count on. The tests leave the service as they found it: version 1 on one node. */
@ExtendWith(Running.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostingTest {
    private final Site site;
    private final Platform platform;

    HostingTest(Site site) {
        this.site = site;
        this.platform = site.platform();
    }

    @Test
    @Order(1)
    void frontControllersFoldersPathInfoAndFilesWork() {
        assertTrue(site.text("/").contains("version=1"));
        assertTrue(site.text("/some/route?x=1").contains("route=/some/route"));
        assertTrue(site.text("/info.php/a/b").contains("\"path_info\":\"\\/a\\/b\""));
        assertEquals("folder index\n", site.text("/folder/"));
        assertEquals("static text\n", site.text("/static.txt"));
    }

    @Test
    @Order(1)
    void whatBeginsWithADotIsNotHandedOut() {
        for (String path : new String[] {"/.env", "/.git/config", "/folder/../.env", "/%2eenv", "/./.git/config"}) {
            Answer answer = site.get(path);
            assertTrue(!new String(answer.body(), StandardCharsets.UTF_8).contains("secret"), path + " answered " + answer.status());
        }
    }

    @Test
    @Order(2)
    void defaultsOfSettingsAreInForceAndChangesToo() {
        assertTrue(site.text("/info.php?ini=disable_functions").contains("shell_exec"));
        assertTrue(site.text("/info.php?ini=display_errors").contains("\"ini\":\"Off\"") || site.text("/info.php?ini=display_errors").contains("\"ini\":\"\""));
        site.change("toggle_debug");
        assertTrue(site.text("/info.php?ini=display_errors").contains("\"ini\":\"On\""));
        site.change("toggle_debug");
    }

    @Test
    @Order(3)
    void environmentVariablesReachTheApplication() {
        platform.change("php", "set_environment", Long.toString(site.sid()), "GREETING", "hello you");
        assertTrue(site.text("/info.php?env=GREETING").contains("\"env\":\"hello you\""));
        platform.change("php", "set_environment", Long.toString(site.sid()), "GREETING");
    }

    @Test
    @Order(4)
    void largeUploadsAreTakenWhenSettingsAllow() {
        site.change("set_php_config", "post_max_size", "120M");
        byte[] body = new byte[100_000_000];
        Answer answer = site.send("POST", "/upload.php", Map.of("Content-Type", "application/octet-stream"), body);
        assertEquals(200, answer.status());
        assertTrue(new String(answer.body(), StandardCharsets.UTF_8).startsWith("size=100000000 "));
        site.change("set_php_config", "post_max_size");
    }

    @Test
    @Order(5)
    void badArchivesAreRefusedWithAReason() throws Exception {
        Path folder = Files.createTempDirectory(platform.folder(), "bad");
        for (BadArchive bad : BadArchive.all(folder)) {
            Cli.Result result = platform.cli().run("upload_code", Long.toString(site.sid()), bad.file().toString());
            assertNotEquals(0, result.exit(), bad.name() + " was taken");
            assertTrue(result.err().contains("E: ") && result.err().length() > 10, bad.name() + ": " + result.err());
        }
        SampleApp.delete(folder);
    }

    @Test
    @Order(6)
    void allCompressionsAreTaken() throws Exception {
        for (String ending : new String[] {"tar", "tar.bz2", "tar.xz", "tar.zst", "zip"}) {
            String id = platform.upload(site.sid(), BadArchive.good(platform.folder().resolve("good." + ending)));
            platform.cli().run("php", "delete_code", Long.toString(site.sid()), id).ok();
        }
    }

    @Test
    @Order(7)
    void sessionsAndWrittenFilesAreSharedByBackendsAndOutliveScalingVersionsAndStop() {
        String cookie = cookie(site.get("/session.php"));
        site.text("/page.php?name=note&text=kept");
        site.change("add_nodes", "2", "0", "0");
        Set<String> backends = new TreeSet<>();
        int count = 1;
        for (int i = 0; i < 20; i++) {
            Answer answer = site.send("GET", "/session.php", Map.of("Cookie", cookie), new byte[0]);
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            assertEquals(++count, number(text), text);
            backends.add(text.replaceAll(".*address=", "").strip());
            String page = site.text("/page.php?name=note");
            assertTrue(page.contains("text=kept"), page);
            backends.add(page.replaceAll("(?s)address=([0-9.]+).*", "$1"));
        }
        assertEquals(2, backends.size(), "both backends answered: " + backends);
        site.change("enable_code", site.second());
        assertTrue(site.text("/").contains("version=2"));
        assertTrue(site.text("/page.php?name=note").contains("text=kept"));
        String before = site.address().toString();
        site.change("stop");
        assertEquals(ServiceState.STOPPED, platform.service(site.sid()).state());
        platform.settled();
        site.change("start");
        assertEquals(before, site.address().toString(), "the address stays");
        assertTrue(site.text("/").contains("version=2"));
        assertTrue(site.text("/page.php?name=note").contains("text=kept"));
        Answer answer = site.send("GET", "/session.php", Map.of("Cookie", cookie), new byte[0]);
        assertEquals(count + 1, number(new String(answer.body(), StandardCharsets.UTF_8)), "the session outlives stop and start");
        site.change("rollback");
        assertTrue(site.text("/").contains("version=1"));
        site.change("remove_nodes", "2", "0", "0");
        platform.settled();
    }

    @Test
    @Order(8)
    void sessionsOutliveTheManagersNodeAndRequestsWaitForThem() {
        String cookie = cookie(site.get("/session.php"));
        Node manager = platform.manager(site.sid());
        String vm = manager.folder().getFileName().toString();
        manager.kill();
        for (int count = 2; count < 5; count++) {
            Answer answer = site.send("GET", "/session.php", Map.of("Cookie", cookie), new byte[0]);
            assertEquals(count, number(new String(answer.body(), StandardCharsets.UTF_8)), "status " + answer.status());
        }
        Wait.until("the manager's node is replaced", 90, () -> !platform.books().vms().contains(vm));
        platform.settled();
    }

    private static int number(String text) {
        Matcher m = Pattern.compile("n=(\\d+)").matcher(text);
        return m.find() ? Integer.parseInt(m.group(1)) : -1;
    }

    private static String cookie(Answer answer) {
        return answer.header("Set-Cookie").split(";")[0];
    }
}
