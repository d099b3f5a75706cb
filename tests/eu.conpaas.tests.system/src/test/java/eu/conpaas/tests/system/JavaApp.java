package eu.conpaas.tests.system;

import eu.conpaas.tests.load.SampleApp;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/**
 * The Java application that tests deploy: what the PHP one does, by servlets, and a login that is kept in the session alone, as an object of a class of
 * the application's own. Its sources are in {@code java-app/}; they are compiled with the engine's libraries.
 */
final class JavaApp {
    /** What its pages end in. */
    static final String END = "END";
    private static final Path SHIPPED = Products.root("tests", "eu.conpaas.tests.system", "src", "test", "resources", "java-app");
    private static final List<String> SOURCES = List.of("Pages", "Login", "Version");

    private JavaApp() {
    }

    /** Makes and starts a service that runs it on a single node, version 1 active. */
    static Site deploy(Platform platform) throws IOException {
        Site site = new Site(platform, "java", platform.create("java"), null, null, 0);
        String first = platform.upload(site.sid(), war(platform.folder(), "1"));
        String second = platform.upload(site.sid(), war(platform.folder(), "2"));
        site.change("enable_code", first);
        site.change("start");
        return new Site(platform, "java", site.sid(), first, second, site.shown().port());
    }

    /** Ends such a service. */
    static void end(Site site) {
        site.change("stop");
        site.platform().change("terminate", Long.toString(site.sid()));
    }

    /** Writes a version, unpacked, into a folder. */
    static void write(Path folder, String version) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("WEB-INF/classes"));
        Path sources = Files.createTempDirectory("java-app");
        for (String name : SOURCES) {
            Files.writeString(sources.resolve(name + ".java"), Files.readString(SHIPPED.resolve(name + ".java")).replace("@VERSION@", version));
        }
        compile(sources, classes);
        SampleApp.delete(sources);
        Files.writeString(folder.resolve("WEB-INF/web.xml"), "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\"/>\n");
        Files.writeString(folder.resolve("WEB-INF/version.txt"), version);
        Files.writeString(folder.resolve("static.txt"), "static text\n");
    }

    /** A version as a WAR. */
    static Path war(Path folder, String version) throws IOException {
        Path pages = Files.createTempDirectory(folder, "pages");
        write(pages, version);
        Path war = folder.resolve("app" + version + ".war");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(war)); var files = Files.walk(pages)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(pages.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        SampleApp.delete(pages);
        return war;
    }

    private static void compile(Path sources, Path classes) throws IOException {
        StringWriter errors = new StringWriter();
        var tool = ToolProvider.getSystemJavaCompiler();
        try (var manager = tool.getStandardFileManager(null, null, null); var jars = Files.list(Products.root("engines", "tomcat", "target", "tomcat", "lib"))) {
            String path = String.join(":", jars.map(Path::toString).toList());
            boolean good = tool.getTask(errors, manager, null, List.of("-proc:none", "-cp", path, "-d", classes.toString()), null,
                    manager.getJavaFileObjects(SOURCES.stream().map(name -> sources.resolve(name + ".java")).toArray(Path[]::new))).call();
            if (!good) {
                throw new IllegalStateException(errors.toString());
            }
        }
    }
}
