package eu.conpaas.engine.tomcat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * What the engine is told when it starts.
 *
 * @param key       what proves that a request came through a proxy
 * @param control   what proves that a request is the node's agent's
 * @param threads   requests answered at the same time
 * @param post      largest form that is parsed, in bytes
 * @param stop      seconds that requests under way have when the engine or a version stops
 * @param base      folder for what Tomcat and applications write
 * @param releases  folder that holds each release in a folder of its name
 * @param hosted    file that names the releases to be hosted, one a line
 * @param accessLog file that each request is noted in
 * @param sessions  where sessions are kept: {@code redis://:PASSWORD@HOST:PORT}
 */
record Configuration(String address, int port, String key, String control, int threads, int post, int stop, Path base, Path releases, Path hosted,
        Path accessLog, String sessions) {
    static Configuration read(Path file) throws IOException {
        Properties p = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            p.load(reader);
        }
        return new Configuration(text(p, "address"), number(p, "port"), text(p, "key"), text(p, "control"), number(p, "threads"), number(p, "post"),
                number(p, "stop"), Path.of(text(p, "base")), Path.of(text(p, "releases")), Path.of(text(p, "hosted")), Path.of(text(p, "accessLog")),
                text(p, "sessions"));
    }

    /** The releases that shall be hosted now. */
    List<String> wanted() throws IOException {
        return Files.readAllLines(hosted).stream().map(String::strip).filter(name -> name.matches("[A-Za-z0-9][A-Za-z0-9~-]*")).distinct().toList();
    }

    private static String text(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the configuration has no " + name);
        }
        return value;
    }

    private static int number(Properties properties, String name) {
        return Integer.parseInt(text(properties, name));
    }
}
