package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.conpaas.tests.load.Answer;
import eu.conpaas.tests.load.BodyCheck;
import eu.conpaas.tests.load.OpenLoad;
import eu.conpaas.tests.load.SampleWar;
import eu.conpaas.tests.load.Shape;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Java applications on the real system: a small one, and Apache JSPWiki as it is on Maven Central. */
@ExtendWith(Running.class)
class JavaHostingTest {
    private static final Duration LONGEST = Duration.ofMinutes(14);
    private final Platform platform;

    JavaHostingTest(Platform platform) {
        this.platform = platform;
    }

    private Site create() {
        return new Site(platform, "java", platform.create("java"), null, null, 0);
    }

    private Path war(String version) throws IOException {
        return SampleWar.write(platform.folder().resolve("small-" + version + ".war"), version, 0);
    }

    private static String text(Answer answer) {
        assertEquals(200, answer.status());
        return new String(answer.body(), StandardCharsets.UTF_8).strip();
    }

    private static OpenLoad load(Site site, List<Shape> shapes) {
        InetSocketAddress address = site.address();
        return OpenLoad.start(address, address.getAddress().getHostAddress(), shapes, LONGEST);
    }

    private static void assertNoneFailed(OpenLoad load) {
        load.stop();
        load.close();
        assertEquals(0, load.recorder().total().failed(), load.recorder().table());
    }

    @Test
    void aVersionIsActivatedAndScaledWhileASessionGoesOn() throws IOException {
        Site site = create();
        String first = platform.upload(site.sid(), war("1"));
        String second = platform.upload(site.sid(), war("2"));
        site.change("enable_code", first);
        site.change("start");
        site = site.shown();
        Answer begun = site.get("/count.jsp");
        assertEquals("1 1 END", text(begun));
        Map<String, String> session = Map.of("Cookie", begun.header("set-cookie").split(";")[0]);
        OpenLoad load = load(site, List.of(Shape.get("page", "/", 4, true, BodyCheck.endsWith("END")), Shape.get("file, fresh", "/style.css", 2, false, BodyCheck.endsWith("END"))));
        try (load) {
            site.change("add_nodes", "2", "0", "0");
            assertEquals("1 2 END", text(site.send("GET", "/count.jsp", session, new byte[0])));
            site.change("enable_code", second);
            assertEquals("2 END", site.text("/").strip());
            assertEquals("1 3 END", text(site.send("GET", "/count.jsp", session, new byte[0])));
            site.change("remove_nodes", "2", "0", "0");
            assertEquals("1 4 END", text(site.send("GET", "/count.jsp", session, new byte[0])));
            assertEquals(404, site.get("/WEB-INF/web.xml").status());
            assertNoneFailed(load);
        }
        site.change("stop");
        platform.change("terminate", Long.toString(site.sid()));
    }

    @Test
    void aWikiIsEditedWhileItIsScaled() throws IOException {
        assumeTrue(Running.LONG, "the real application is part of the long tests");
        Site site = create();
        String code = platform.upload(site.sid(), WikiPages.war(Products.root("engines", "tomcat", "target", "wars", "jspwiki-war.war"),
                platform.folder().resolve("wiki.war")));
        site.change("set_java_config", "persistent_paths", WikiPages.DATA);
        for (Map.Entry<String, String> variable : WikiPages.environment().entrySet()) {
            site.change("set_environment", variable.getKey(), variable.getValue());
        }
        site.change("enable_code", code);
        site.change("start");
        site = site.shown();
        WikiPages user = new WikiPages(site);
        user.signIn();
        user.write("TestPage", "written at 1 END");
        OpenLoad load = load(site, List.of(Shape.get("page, kept open", "/Wiki.jsp?page=TestPage", 1, true, BodyCheck.ANY),
                Shape.get("page, fresh", "/Wiki.jsp?page=TestPage", 1, false, BodyCheck.ANY)));
        try (load) {
            site.change("add_nodes", "3", "0", "0");
            assertTrue(user.isSignedIn());
            user.write("TestPage", "written at 3 END");
            for (int i = 0; i < 6; i++) {
                assertTrue(site.text("/Wiki.jsp?page=TestPage").contains("written at 3 END"), "every backend shows what one has written");
            }
            site.change("remove_nodes", "3", "0", "0");
            assertTrue(user.isSignedIn());
            user.write("TestPage", "written at 1 again END");
            assertTrue(user.get("/Wiki.jsp?page=TestPage").contains("written at 1 again END"));
            assertNoneFailed(load);
        }
        site.change("stop");
        platform.change("terminate", Long.toString(site.sid()));
    }
}
