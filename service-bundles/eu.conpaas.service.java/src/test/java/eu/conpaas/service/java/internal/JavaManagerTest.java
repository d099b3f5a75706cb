package eu.conpaas.service.java.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.service.java.JavaServiceType;
import eu.conpaas.service.web.testkit.Http;
import eu.conpaas.service.web.testkit.Load;
import eu.conpaas.service.web.testkit.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole Java service on this machine: planner, manager, agents and real engines, under load while it changes. */
class JavaManagerTest {
    private static final Function<Http.Answer, String> OK = a -> a.status() == 200 && a.body().contains("END") ? null : a.status() + " " + a.body();
    @TempDir
    Path temp;
    private World world;
    private int port;

    @BeforeEach
    void start() throws Exception {
        Engines.use();
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        world = new World(new JavaServiceType(), temp);
        upload("a", application("a").write("a.war"));
        upload("b", application("b").write("b.war"));
        world.change("update_java_configuration", Map.of("codeVersionId", "code-a"));
        world.change("startup", Map.of());
        port = world.port();
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    private War application(String version) throws Exception {
        return new War(temp)
                .file("index.jsp", "<%@ page session=\"false\" %>" + version + " <%= System.getenv(\"GREETING\") %> END")
                .file("count.jsp", "<% Integer n = (Integer) session.getAttribute(\"n\"); n = n == null ? 1 : n + 1; session.setAttribute(\"n\", n); %>"
                        + version + " <%= n %> END")
                .file("style.css", "css " + version + " END")
                .file("guarded/file.txt", "by Tomcat alone")
                .file("WEB-INF/secret.txt", "secret")
                .file("WEB-INF/web.xml", "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\"><security-constraint><web-resource-collection>"
                        + "<web-resource-name>g</web-resource-name><url-pattern>/guarded/*</url-pattern></web-resource-collection><auth-constraint/>"
                        + "</security-constraint></web-app>")
                .type("Api", "@jakarta.servlet.annotation.WebServlet(\"/api/*\") public class Api extends jakarta.servlet.http.HttpServlet {"
                        + "@Override protected void doGet(jakarta.servlet.http.HttpServletRequest q, jakarta.servlet.http.HttpServletResponse p) throws java.io.IOException {"
                        + "try { Thread.sleep(q.getParameter(\"ms\") == null ? 0 : Long.parseLong(q.getParameter(\"ms\"))); } catch (InterruptedException e) { }"
                        + "p.getWriter().write(\"" + version + " \" + q.getPathInfo() + \" \" + q.getServerName() + \" \" + q.getRemoteAddr() + \" \""
                        + " + q.getHeader(\"X-ConPaaS-Key\") + \" END\"); } }");
    }

    private void upload(String version, Path file) throws Exception {
        world.upload(new CodeVersion("code-" + version, version + ".war", "zip", "", Instant.EPOCH, "hash-" + version, Files.size(file)), file);
    }

    private Http.Answer ask(String path, String... headers) throws Exception {
        try (Http http = new Http(world.address(), port)) {
            return http.get(path, headers);
        }
    }

    private String get(String path, String... headers) throws Exception {
        Http.Answer answer = ask(path, headers);
        assertEquals(200, answer.status(), path + " " + answer.body());
        return answer.body().strip();
    }

    private String session() throws Exception {
        return "Cookie: " + ask("/count.jsp").headers().get("set-cookie").split(";")[0];
    }

    private Load load(String path, int connections, boolean keepAlive) {
        return new Load(world.address(), port, path, connections, keepAlive, OK);
    }

    @Test
    void everyChangeUnderLoadWithoutOneFailure() throws Exception {
        String first = session();
        List<Load> loads = List.of(load("/", 2, true), load("/", 1, false), load("/style.css", 1, true), load("/api/slow.json?ms=1500", 2, true));
        try {
            world.change("add_nodes", Map.of("backend", 2));
            assertEquals("a 2 END", get("/count.jsp", first), "the session has come along");
            world.change("update_java_configuration", Map.of("codeVersionId", "code-b"));
            assertEquals("b null END", get("/"));
            assertEquals("a 3 END", get("/count.jsp", first), "who has a session stays with its version");
            assertEquals("css a END", get("/style.css", first));
            assertEquals("css b END", get("/style.css"));
            String second = session();
            assertTrue(world.converge().isEmpty());
            assertEquals("a 4 END", get("/count.jsp", first));
            world.change("set_environment", Map.of("name", "GREETING", "value", "hello"));
            assertEquals("b hello END", get("/"));
            assertEquals("a 5 END", get("/count.jsp", first), "new engines host the old version too");
            world.change("rollback", Map.of());
            assertEquals("a hello END", get("/"));
            assertEquals("b 2 END", get("/count.jsp", second));
            world.change("remove_nodes", Map.of("backend", 2));
            assertEquals("a 6 END", get("/count.jsp", first));
            assertEquals("b 3 END", get("/count.jsp", second));
            world.change("set_java_setting", Map.of("name", "old_versions", "value", "0"));
            assertEquals("a 1 END", get("/count.jsp", second), "no longer kept: a session of the active version begins");
        } finally {
            for (Load load : loads) {
                load.close();
                assertTrue(load.failures().isEmpty(), load.failures().toString());
                assertTrue(load.served() > 3);
            }
        }
    }

    @Test
    void everyMappingReachesTomcatAndNothingInternalIsServed() throws Exception {
        assertEquals("a /x/y.png example.org 127.0.0.1 null END", get("/api/x/y.png", "X-ConPaaS-Key: guess", "X-Real-IP: 1.2.3.4"));
        assertEquals("css a END", get("/style.css"));
        assertEquals(403, ask("/guarded/file.txt").status(), "a file with a security constraint is Tomcat's");
        for (String hidden : List.of("/WEB-INF/secret.txt", "/WEB-INF/web.xml", "/web-inf/secret.txt", "/WEB-INF/.static/style.css", "/x/../WEB-INF/secret.txt",
                "/%57EB-INF/secret.txt", "/META-INF/x.txt")) {
            int status = ask(hidden).status();
            assertTrue(status == 404 || status == 400, hidden + " " + status);
        }
        world.change("set_java_setting", Map.of("name", "static_files", "value", "Off"));
        assertEquals("css a END", get("/style.css"), "by Tomcat now");
        assertEquals(403, ask("/.conpaas/releases").status() == 200 ? 200 : 403, "the agent's door is closed to others");
    }

    @Test
    void applicationsForJavaEeAreConverted() throws Exception {
        Path war = new War(temp).file("WEB-INF/web.xml", "<web-app xmlns=\"http://xmlns.jcp.org/xml/ns/javaee\" version=\"4.0\"></web-app>")
                .file("index.jsp", "<%@ page import=\"javax.servlet.http.HttpSession\" %><% HttpSession s = request.getSession(); %>old <%= s != null %> END")
                .write("old.war");
        upload("old", war);
        world.change("update_java_configuration", Map.of("codeVersionId", "code-old"));
        assertEquals("old true END", get("/"));
        assertTrue(Files.isRegularFile(temp.resolve("shared/converted/hash-old.war")));
    }

    @Test
    void anApplicationThatDoesNotStartIsNotActivated() throws Exception {
        Path war = new War(temp).file("WEB-INF/web.xml", "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\"><listener>"
                + "<listener-class>NoSuchClass</listener-class></listener></web-app>").file("index.html", "never").write("broken.war");
        upload("broken", war);
        ApiException failed = assertThrows(ApiException.class, () -> world.change("update_java_configuration", Map.of("codeVersionId", "code-broken")));
        assertTrue(failed.error().cause().contains("code-broken did not start"), failed.error().cause());
        assertEquals("a null END", get("/"));
        assertTrue(world.converge().isEmpty());
    }

    @Test
    void sessionsOutliveNodes() throws Exception {
        world.change("add_nodes", Map.of("backend", 2));
        String session = session();
        for (int n = 2; n < 5; n++) {
            assertEquals("a " + n + " END", get("/count.jsp", session));
        }
        String victim = world.desired().nodesWith("backend").getFirst();
        try (Load load = load("/", 2, true)) {
            world.kill(victim);
            assertEquals("a 5 END", get("/count.jsp", session));
            world.replaceDead();
            assertFalse(world.desired().nodesWith("backend").contains(victim));
            assertTrue(load.failures().isEmpty(), "idempotent requests are retried: " + load.failures());
        }
        world.loseManager();
        assertEquals("a 6 END", get("/count.jsp", session));
        world.change("shutdown", Map.of());
        world.change("startup", Map.of());
        assertEquals("a 7 END", get("/count.jsp", session));
    }
}
