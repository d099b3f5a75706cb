package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.tests.load.BodyCheck;
import eu.conpaas.tests.load.Figures;
import eu.conpaas.tests.load.OpenLoad;
import eu.conpaas.tests.load.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The manifests of the documentation with the real applications from Debian's packages, WordPress and MediaWiki; all but what is refused in the long tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesTest {
    private static final String ELSEWHERE = "https://downloads.example.org";
    private final Path folder = Running.folder("examples");
    private Platform platform;
    private FileServer files;

    @BeforeAll
    void start() throws Exception {
        platform = Platform.start(folder, FileServer.settings());
        files = new FileServer();
    }

    @AfterAll
    void end() {
        files.close();
        platform.close();
    }

    /** An example with its files here. */
    private Path example(String name) throws IOException {
        String text = Files.readString(Products.root("docs", "examples", name + ".json")).replace(ELSEWHERE, files.base());
        return Files.writeString(folder.resolve(name + ".json"), text);
    }

    /** Has a script of the demo make files from Debian's packages, which are kept for the next time. */
    private static List<Path> made(String script, String input, String... names) throws Exception {
        Path kept = Files.createDirectories(Products.root(".cache", "examples"));
        List<Path> made = Arrays.stream(names).map(kept::resolve).toList();
        if (!made.stream().allMatch(Files::exists)) {
            ProcessBuilder builder = new ProcessBuilder("bash", Products.root("releng", "demo", script).toString()).redirectErrorStream(true);
            made.forEach(file -> builder.command().add(file.toString()));
            Process process = builder.start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(10, TimeUnit.MINUTES) && process.exitValue() == 0, output);
        }
        return made;
    }

    private ServiceView service(String application, String type) {
        long aid = platform.client().applications().stream().filter(a -> a.name().equals(application)).findFirst().orElseThrow().aid();
        return platform.client().services().list(aid).stream().filter(s -> s.type().equals(type)).findFirst().orElseThrow();
    }

    private Site site(String application) {
        return new Site(platform, "php", service(application, "php").sid(), null, null, 0).shown();
    }

    @Test
    void aShapeOfTheOriginalWithWhatDoesNotExistIsRefusedWhole() throws Exception {
        String text = Files.readString(example("mediawiki")).replace("\"Services\": [", "\"Services\": [{\"Type\": \"xtreemfs\", \"ServiceName\": \"XtreemFS backend\", "
                + "\"Start\": 1, \"VolumeStartup\": {\"volumeName\": \"data\", \"owner\": \"www-data\"}, \"StartupInstances\": {\"osd\": \"1\"}}, ");
        Cli.Result refused = platform.cli().run("manifest", Files.writeString(folder.resolve("xtreemfs.json"), text).toString());
        assertNotEquals(0, refused.exit());
        assertTrue(refused.err().contains("Services[0].Type: there is no service type 'xtreemfs' here"), refused.err());
        assertTrue(platform.services().isEmpty(), "nothing has been made");
    }

    @Test
    void aWikiComesWithItsPages() throws Exception {
        assumeTrue(Running.LONG, "the real applications are part of the long tests");
        List<Path> wiki = made("mediawiki.sh", "a long enough password\n", "mediawiki.tar.gz", "mediawiki.sql");
        files.serve("/mediawiki.tar.gz", wiki.getFirst());
        files.serve("/mediawiki.sql", wiki.getLast());
        files.serve("/mediawiki.sh", "#!/bin/sh\necho \"a node of the wiki whose database is at $MYSQL_IP\"\n");
        platform.cli().run("manifest", example("mediawiki").toString()).ok();
        String name = "New MediaWiki application";
        Site site = site(name);
        assertTrue(site.text("/index.php/Main_Page").contains("MediaWiki has been installed"), "the page of the dump");
        String saved = new String(site.send("POST", "/api.php", Map.of("Content-Type", "application/x-www-form-urlencoded"),
                "action=edit&format=json&title=Written&text=By+a+test&token=%2B%5C".getBytes(StandardCharsets.US_ASCII)).body(), StandardCharsets.UTF_8);
        assertTrue(saved.contains("\"result\":\"Success\""), saved);
        site.change("add_nodes", "2", "0", "0");
        assertTrue(site.text("/index.php/Written").contains("By a test"));
        String script = platform.cli().run("php", "startup_script", Long.toString(site.sid())).out() + platform.client().services().startupScript(site.sid());
        String node = platform.nodes(site.sid()).stream().filter(n -> n.kind() == NodeKind.AGENT).map(NodeView::id).findFirst().orElseThrow();
        String said = platform.client().services().log(site.sid(), node, "startup", 0, 1 << 16).text();
        assertTrue(said.contains("a node of the wiki whose database is at " + service(name, "mysql").address()), said);
        platform.cli().run("deleteapp", name).ok();
        platform.settled();
    }

    /** The blog is made by its manifest, written to, exported while it is read, and imported: the same files and rows, and it answers. */
    @Test
    void aBlogIsExportedWhileItIsReadAndAnswersUnderAnotherName() throws Exception {
        assumeTrue(Running.LONG, "the real applications are part of the long tests");
        files.serve("/wordpress.tar.gz", made("wordpress.sh", "", "wordpress.tar.gz").getFirst());
        platform.cli().run("manifest", example("wordpress").toString()).ok();
        String name = "New WordPress application";
        Site site = site(name);
        BlogPages blog = new BlogPages(site);
        blog.install("A blog");
        byte[] picture = picture();
        String shown = blog.upload("sunrise.png", picture);
        String post = blog.write("Hello from a test", "A picture: <img src=\"" + shown + "\">");
        assertTrue(site.text(post).contains("Hello from a test"));
        OpenLoad load = OpenLoad.start(site.address(), site.address().getAddress().getHostAddress(),
                List.of(Shape.get("page, kept open", "/", 2, true, BodyCheck.endsWith("</html>")), Shape.get("page, fresh", post, 1, false, BodyCheck.endsWith("</html>")),
                        Shape.get("picture", shown, 3, true, BodyCheck.ANY)), Duration.ofMinutes(14));
        Path file = folder.resolve("blog.conpaas");
        Map<String, String> rows;
        try (load) {
            platform.cli().run("export_application", name, file.toString()).ok();
            rows = rows(service(name, "mysql").sid());
            platform.cli().run("import_application", file.toString(), "copy").ok();
            load.stop();
        }
        Figures figures = load.recorder().total();
        System.out.println("WordPress exported (" + (Files.size(file) >> 20) + " MiB) and imported: " + figures);
        assertTrue(figures.sent() > 10);
        assertEquals(0, figures.failed(), load.recorder().table());
        ServiceView database = service("copy", "mysql");
        Site copy = site("copy");
        Map<String, String> copied = SharedFiles.checksums(SharedFiles.of(platform, copy.sid()));
        assertEquals(SharedFiles.checksums(SharedFiles.of(platform, site.sid())), copied);
        assertTrue(copied.keySet().stream().anyMatch(f -> f.endsWith("sunrise.png")), copied.keySet().toString());
        assertEquals(rows, rows(database.sid()));
        assertTrue(rows.size() >= 12, "all tables of WordPress: " + rows.keySet());
        assertEquals(ServiceState.RUNNING, database.state());
        assertTrue(copy.text(post).contains("Hello from a test"), "the import answers");
        assertArrayEquals(picture, copy.get(shown).body());
        new BlogPages(copy).write("Only in the copy", "text");
        assertTrue(!site.text("/").contains("Only in the copy") && copy.text("/").contains("Only in the copy"), "two applications that have nothing to do with each other");
        platform.cli().run("deleteapp", "copy").ok();
        platform.cli().run("deleteapp", name).ok();
        platform.settled();
    }

    /** Checksum of each table, as the server computes it from its rows. */
    private Map<String, String> rows(long sid) {
        Database database = Database.of(platform, sid, "change-me-please");
        Map<String, String> sums = new TreeMap<>();
        for (String table : database.query(Database.WRITES, "SHOW TABLES IN wordpress").lines().toList()) {
            sums.put(table, database.query(Database.WRITES, "CHECKSUM TABLE wordpress." + table));
        }
        return sums;
    }

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(640, 400, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                image.setRGB(x, y, x * y * 31 & 0xffffff);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }
}
