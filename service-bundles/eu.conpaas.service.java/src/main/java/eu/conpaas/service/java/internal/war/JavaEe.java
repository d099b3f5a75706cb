package eu.conpaas.service.java.internal.war;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Finds out whether an application is made for Java EE ({@code javax.servlet}), whose packages Jakarta EE has renamed. */
final class JavaEe {
    private static final int LARGEST = 16 << 20;
    private static final List<String> SIGNS = List.of("javax/servlet", "javax.servlet", "javax/websocket", "javax/el/", "java.sun.com/xml/ns/j", "xmlns.jcp.org/xml/ns/javaee");

    private JavaEe() {
    }

    static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(2);
            return start.length == 2 && start[0] == 'P' && start[1] == 'K';
        }
    }

    /** Whether an archive, a zip file, needs conversion. */
    static boolean isIn(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) file.stream().map(e -> (ZipEntry) e)::iterator) {
                try (InputStream in = file.getInputStream(entry)) {
                    if (isIn(entry.getName(), in)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /** Whether an unpacked application needs conversion. */
    static boolean isInTree(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : (Iterable<Path>) files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))::iterator) {
                try (InputStream in = Files.newInputStream(file)) {
                    if (isIn(file.toString(), in)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private static boolean isIn(String name, InputStream in) throws IOException {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".jar")) {
            ZipInputStream jar = new ZipInputStream(in);
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                if (tells(entry.getName().toLowerCase(Locale.ROOT)) && mentions(jar)) {
                    return true;
                }
            }
            return false;
        }
        return tells(lower) && mentions(in);
    }

    private static boolean tells(String name) {
        return name.endsWith(".class") || name.endsWith(".jsp") || name.endsWith(".jspx") || name.endsWith(".tag") || name.endsWith(".tld")
                || name.endsWith("web.xml") || name.endsWith("web-fragment.xml");
    }

    private static boolean mentions(InputStream in) throws IOException {
        String text = new String(in.readNBytes(LARGEST), StandardCharsets.ISO_8859_1);
        return SIGNS.stream().anyMatch(text::contains);
    }
}
