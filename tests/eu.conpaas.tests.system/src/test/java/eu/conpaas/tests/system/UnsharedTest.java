package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.tests.load.Answer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A PHP site on a cloud whose nodes have no folder in common: what is lost is told before, and sessions are not lost. */
@ExtendWith(Sampled.class)
class UnsharedTest {
    private static final Pattern COUNT = Pattern.compile("n=(\\d+)");
    private static final String WARNING = "no folder that nodes share";

    @Test
    void plansWarnAndSessionsSurvive() throws Exception {
        Map<String, String> settings = new HashMap<>(Running.SETTINGS);
        settings.put("iaas.SHARED_FOLDERS", "false");
        try (Platform platform = Platform.start(Running.folder("unshared"), settings)) {
            Site site = Site.deploy(platform);
            String sid = Long.toString(site.sid());
            String plan = platform.cli().run("add_nodes", sid, "2", "0", "0", "--plan").ok();
            assertTrue(plan.contains(WARNING), plan);
            int nodes = platform.nodes(site.sid()).size();
            Cli.Result unconfirmed = platform.cli().run("add_nodes", sid, "2", "0", "0", "--wait");
            assertEquals(1, unconfirmed.exit(), "scattered files need a yes");
            assertTrue(unconfirmed.err().contains(WARNING) && unconfirmed.err().contains("--yes"), unconfirmed.err());
            assertEquals(nodes, platform.nodes(site.sid()).size());
            sessions(platform, site);
        }
    }

    private static void sessions(Platform platform, Site site) {
        String cookie = site.get("/session.php").header("Set-Cookie").split(";")[0];
        int count = 1;
        site.change("add_nodes", "2", "0", "0");
        for (int i = 0; i < 10; i++) {
            assertEquals(++count, visit(site, cookie), "on whichever backend");
        }
        Node manager = platform.manager(site.sid());
        String vm = manager.folder().getFileName().toString();
        manager.kill();
        assertEquals(++count, visit(site, cookie), "the replica has the session");
        Wait.until("the manager's node is replaced", 90, () -> !platform.books().vms().contains(vm));
        platform.settled();
        assertEquals(++count, visit(site, cookie));
        site.change("stop");
        site.change("start");
        assertEquals(++count, visit(site, cookie), "the manager's node keeps it while the service is stopped");
    }

    private static int visit(Site site, String cookie) {
        Answer answer = site.send("GET", "/session.php", Map.of("Cookie", cookie), new byte[0]);
        Matcher m = COUNT.matcher(new String(answer.body(), StandardCharsets.UTF_8));
        return m.find() ? Integer.parseInt(m.group(1)) : -answer.status();
    }
}
