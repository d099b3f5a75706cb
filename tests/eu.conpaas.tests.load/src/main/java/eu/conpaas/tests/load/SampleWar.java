package eu.conpaas.tests.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The Java application that tests and benchmarks deploy: {@code /} tells its version, {@code count.jsp} counts in a session, {@code info.jsp} says who
 * answers with what version, {@code style.css} is a file.
 */
public final class SampleWar {
    private static final int PIECE = 100_000;

    private SampleWar() {
    }

    /**
     * Makes a WAR of a version.
     *
     * @param padding bytes of incompressible data to add in files of 100 KB
     * @return {@code file}
     */
    public static Path write(Path file, String version, int padding) throws IOException {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("count.jsp", "<% Integer n = (Integer) session.getAttribute(\"n\"); n = n == null ? 1 : n + 1; session.setAttribute(\"n\", n); %>" + version
                + " <%= n %> END");
        pages.put("index.jsp", "<%@ page session=\"false\" %>" + version + " END");
        pages.put("info.jsp", "<%@ page session=\"false\" contentType=\"application/json\" %>{\"address\":\"<%= request.getLocalAddr() %>\",\"version\":\"" + version
                + "\"}");
        pages.put("style.css", version + " END");
        pages.put("WEB-INF/web.xml", "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\"/>");
        Random random = new Random(padding);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> page : pages.entrySet()) {
                entry(out, page.getKey(), page.getValue().getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0, left = padding; left > 0; i++, left -= PIECE) {
                byte[] bytes = new byte[Math.min(left, PIECE)];
                random.nextBytes(bytes);
                entry(out, "padding/" + i + ".bin", bytes);
            }
        }
        return file;
    }

    private static void entry(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(bytes);
    }
}
