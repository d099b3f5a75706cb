package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.conpaas.tests.load.Answer;
import eu.conpaas.tests.load.BodyCheck;
import eu.conpaas.tests.load.OpenLoad;
import eu.conpaas.tests.load.Shape;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Java applications on the real system: a small one, and Apache JSPWiki as it is on Maven Central. */
@ExtendWith(Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JavaHostingTest {
    private static final Duration LONGEST = Duration.ofMinutes(14);
    private final Platform platform;
    private Site site;

    JavaHostingTest(Platform platform) {
        this.platform = platform;
    }

    @BeforeAll
    void deploy() throws IOException {
        site = JavaApp.deploy(platform);
    }

    @AfterAll
    void end() {
        JavaApp.end(site);
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

    /** The login is an object of the application's in the session; there is no other cookie and no store of the application's own by which it could come back. */
    @Test
    @Order(1)
    void aLoginInTheSessionSurvivesScalingAndANewVersion() {
        Answer login = site.send("POST", "/login", Map.of("Content-Type", "application/x-www-form-urlencoded"), "name=Ada".getBytes(StandardCharsets.US_ASCII));
        List<String> cookies = login.headers().get("set-cookie");
        assertEquals(1, cookies.size(), cookies.toString());
        assertTrue(cookies.getFirst().startsWith("JSESSIONID="), cookies.toString());
        Map<String, String> session = Map.of("Cookie", cookies.getFirst().split(";")[0]);
        Set<String> backends = new TreeSet<>();
        BodyCheck whole = BodyCheck.oneVersion(3, JavaApp.END);
        OpenLoad load = load(site, List.of(Shape.get("page", "/fast", 4, true, whole), Shape.get("file, fresh", "/static.txt", 2, false, BodyCheck.endsWith("static text"))));
        try (load) {
            backends.add(stillAda(session, "1"));
            site.change("add_nodes", "3", "0", "0");
            backends.add(stillAda(session, "1"));
            site.change("enable_code", site.second());
            assertTrue(site.text("/").contains("version=2"));
            backends.add(stillAda(session, "1"));
            site.change("remove_nodes", "3", "0", "0");
            backends.add(stillAda(session, "1"));
            assertTrue(site.text("/who").contains("login=nobody"), "who comes without a session is nobody");
            assertEquals(404, site.get("/WEB-INF/web.xml").status());
            assertNoneFailed(load);
        }
        assertTrue(backends.size() > 1, "it has moved between backends: " + backends);
    }

    /** @return address of the backend that answered */
    private String stillAda(Map<String, String> session, String version) {
        String text = text(site.send("GET", "/who", session, new byte[0]));
        assertTrue(text.contains("login=Ada ") && text.startsWith("version=" + version), text);
        return text.replaceAll("(?s).*address=(\\S+).*", "$1");
    }

    @Test
    @Order(2)
    void anUnpackedApplicationIsPushed() throws Exception {
        String sid = Long.toString(site.sid());
        GitClient git = new GitClient(platform, site.sid(), platform.folder().resolve("java-git"));
        String commit = git.commit("Version 3", folder -> JavaApp.write(folder, "3"));
        Cli.Result stranger = git.pushAsStranger();
        assertNotEquals(0, stranger.exit());
        assertTrue(stranger.err().contains("Permission denied (publickey)"), stranger.err());
        String id = GitClient.version(git.push());
        assertTrue(commit.startsWith(id));
        site.change("enable_code", id);
        assertTrue(site.text("/fast").contains("version=3 version=3"), "it is served");
        Path clone = git.clone("again");
        assertEquals("3", Files.readString(clone.resolve("WEB-INF/version.txt")));
        assertEquals(commit, git.git("-C", clone.toString(), "rev-parse", "HEAD").ok().strip());
        platform.cli().run("git_config", sid, "on").ok();
        git.commit("Version 4", folder -> JavaApp.write(folder, "4"));
        Cli.Result live = git.push();
        assertTrue(live.err().contains(GitClient.version(live) + " is active"), live.err());
        assertTrue(site.text("/fast").contains("version=4 version=4"));
        git.commit("A listener that is not there", folder -> {
            Path descriptor = Files.createDirectories(folder.resolve("WEB-INF")).resolve("web.xml");
            Files.writeString(descriptor, "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\"><listener>"
                    + "<listener-class>org.example.NotThere</listener-class></listener></web-app>");
        });
        Cli.Result broken = git.push();
        assertEquals(0, broken.exit(), "the push is taken all the same");
        assertTrue(broken.err().contains(GitClient.version(broken) + " was not made active") && broken.err().contains("did not start"), broken.err());
        assertTrue(broken.err().contains("the log of Tomcat says why"), "the pusher is told where to look: " + broken.err());
        assertTrue(site.text("/fast").contains("version=4 version=4"), "what was active goes on");
        git.commit("A link that leads out", folder -> Files.createSymbolicLink(folder.resolve("out"), Path.of("/etc/passwd")));
        Cli.Result refused = git.push();
        assertNotEquals(0, refused.exit());
        assertTrue(refused.err().contains("out") && refused.err().contains("link"), refused.err());
        platform.cli().run("git_config", sid, "off").ok();
    }

    @Test
    @Order(3)
    void aWikiIsEditedWhileItIsScaled() throws IOException {
        assumeTrue(Running.LONG, "the real application is part of the long tests");
        Site wiki = new Site(platform, "java", platform.create("java"), null, null, 0);
        String code = platform.upload(wiki.sid(), WikiPages.war(Products.root("engines", "tomcat", "target", "wars", "jspwiki-war.war"),
                platform.folder().resolve("wiki.war")));
        wiki.change("set_java_config", "persistent_paths", WikiPages.DATA);
        for (Map.Entry<String, String> variable : WikiPages.environment().entrySet()) {
            wiki.change("set_environment", variable.getKey(), variable.getValue());
        }
        wiki.change("enable_code", code);
        wiki.change("start");
        wiki = wiki.shown();
        WikiPages user = new WikiPages(wiki);
        user.signIn();
        user.write("TestPage", "written at 1 END");
        OpenLoad load = load(wiki, List.of(Shape.get("page, kept open", "/Wiki.jsp?page=TestPage", 1, true, BodyCheck.ANY),
                Shape.get("page, fresh", "/Wiki.jsp?page=TestPage", 1, false, BodyCheck.ANY)));
        try (load) {
            wiki.change("add_nodes", "3", "0", "0");
            assertTrue(user.isSignedIn());
            user.write("TestPage", "written at 3 END");
            for (int i = 0; i < 6; i++) {
                assertTrue(wiki.text("/Wiki.jsp?page=TestPage").contains("written at 3 END"), "every backend shows what one has written");
            }
            wiki.change("remove_nodes", "3", "0", "0");
            assertTrue(user.isSignedIn());
            user.write("TestPage", "written at 1 again END");
            assertTrue(user.get("/Wiki.jsp?page=TestPage").contains("written at 1 again END"));
            assertNoneFailed(load);
        }
        JavaApp.end(wiki);
    }
}
