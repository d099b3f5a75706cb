package eu.conpaas.service.java.internal;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** Makes small web applications; servlets are compiled with the engine's own libraries. */
final class War {
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Path temp;

    War(Path temp) {
        this.temp = temp;
    }

    War file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Adds a class in the unnamed package. */
    War type(String name, String source) throws IOException {
        Path folder = Files.createTempDirectory(temp, "source");
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        StringBuilder path = new StringBuilder();
        try (Stream<Path> jars = Files.list(Engines.tomcat())) {
            jars.forEach(jar -> path.append(jar).append(':'));
        }
        StringWriter errors = new StringWriter();
        var tool = ToolProvider.getSystemJavaCompiler();
        try (var manager = tool.getStandardFileManager(null, null, null)) {
            boolean good = tool.getTask(errors, manager, null, List.of("-proc:none", "-cp", path.toString(), "-d", folder.toString()), null,
                    manager.getJavaFileObjects(file)).call();
            if (!good) {
                throw new IllegalArgumentException(errors.toString());
            }
        }
        files.put("WEB-INF/classes/" + name + ".class", Files.readAllBytes(folder.resolve(name + ".class")));
        return this;
    }

    Path write(String name) throws IOException {
        Path war = temp.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(war))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
                out.closeEntry();
            }
        }
        return war;
    }
}
