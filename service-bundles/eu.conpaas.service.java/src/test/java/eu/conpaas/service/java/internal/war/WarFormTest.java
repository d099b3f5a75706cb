package eu.conpaas.service.java.internal.war;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.service.supervise.EngineUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files the web role gets, and which applications are converted. */
class WarFormTest {
    private static final String HEAD = "<!DOCTYPE web-app PUBLIC \"-//Sun Microsystems, Inc.//DTD Web Application 2.3//EN\" \"http://java.sun.com/dtd/web-app_2_3.dtd\">";
    @TempDir
    Path tree;

    private void file(String name, String text) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> served() throws IOException {
        Path target = tree.resolve("WEB-INF/.static");
        new StaticFiles(tree, target, EngineUser.SELF).link();
        try (Stream<Path> files = Files.walk(target)) {
            return files.filter(Files::isRegularFile).map(f -> target.relativize(f).toString()).sorted().toList();
        }
    }

    private void files() throws IOException {
        for (String name : List.of("a.css", "b/c.png", "page.jsp", "x.do", "WEB-INF/web.txt", "META-INF/m.txt", "deep/WEB-INF/kept.txt", "private/p.pdf", "Applet.class")) {
            file(name, name);
        }
    }

    @Test
    void onlyWhatNobodyIsInChargeOf() throws IOException {
        files();
        file("WEB-INF/web.xml", HEAD + "<web-app><servlet-mapping><servlet-name>s</servlet-name><url-pattern>*.do</url-pattern></servlet-mapping>"
                + "<servlet-mapping><servlet-name>default</servlet-name><url-pattern>*.css</url-pattern></servlet-mapping>"
                + "<security-constraint><web-resource-collection><url-pattern>/private/*</url-pattern></web-resource-collection></security-constraint></web-app>");
        assertEquals(List.of("a.css", "b/c.png", "deep/WEB-INF/kept.txt"), served());
    }

    @Test
    void aFilterRoundEverythingLeavesNothing() throws IOException {
        files();
        file("WEB-INF/web.xml", "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\"><filter-mapping><filter-name>f</filter-name><url-pattern>/*</url-pattern>"
                + "</filter-mapping></web-app>");
        assertEquals(List.of(), served());
    }

    @Test
    void whatCannotBeReadIsLeftToTomcat() throws IOException {
        files();
        file("WEB-INF/web.xml", "<web-app><!DOCTYPE");
        assertEquals(List.of(), served());
    }

    @Test
    void nothingOutsideTheFileIsRead() throws IOException {
        file("a.txt", "a");
        file("secret", "*.txt");
        file("WEB-INF/web.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + tree.resolve("secret").toUri() + "\">]><web-app><servlet-mapping><servlet-name>s</servlet-name>"
                + "<url-pattern>&e;</url-pattern></servlet-mapping></web-app>");
        assertEquals(List.of("a.txt", "secret"), served());
    }

    @Test
    void patterns() {
        UrlPatterns patterns = new UrlPatterns();
        List.of("/exact", "/below/*", "*.do").forEach(patterns::add);
        for (String path : List.of("/exact", "/below", "/below/x/y", "/a/b.do")) {
            assertTrue(patterns.match(path), path);
        }
        for (String path : List.of("/exact/x", "/belowish", "/do", "/x.doc")) {
            assertFalse(patterns.match(path), path);
        }
    }

    @Test
    void javaEeIsFoundInClassesPagesAndLibraries() throws IOException {
        assertFalse(JavaEe.isIn(zip("index.jsp", "<%@ page import=\"jakarta.servlet.http.HttpSession\" %>")));
        assertFalse(JavaEe.isIn(zip("readme.txt", "javax.servlet")));
        assertTrue(JavaEe.isIn(zip("index.jsp", "<%@ page import=\"javax.servlet.http.HttpSession\" %>")));
        assertTrue(JavaEe.isIn(zip("WEB-INF/web.xml", "<web-app xmlns=\"http://xmlns.jcp.org/xml/ns/javaee\"/>")));
        assertTrue(JavaEe.isIn(zip("WEB-INF/classes/A.class", "..javax/servlet/Filter..")));
        Path jar = zip("B.class", "..javax/servlet/Servlet..");
        Path war = tree.resolve("lib.war");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(war))) {
            out.putNextEntry(new ZipEntry("WEB-INF/lib/b.jar"));
            Files.copy(jar, out);
        }
        assertTrue(JavaEe.isIn(war));
        file("unpacked/p.jsp", "javax.servlet");
        assertTrue(JavaEe.isInTree(tree.resolve("unpacked")));
    }

    private Path zip(String name, String text) throws IOException {
        Path zip = Files.createTempFile(tree, "x", ".zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(name));
            out.write(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        assertTrue(JavaEe.isZip(zip));
        return zip;
    }
}
