package eu.conpaas.tests.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files that a service's nodes share, as seen from outside. */
final class SharedFiles {
    private SharedFiles() {
    }

    /** Where they are. */
    static Path of(Platform platform, long sid) {
        try (Stream<Path> found = Files.find(platform.folder(), 8, (p, a) -> a.isDirectory() && p.endsWith("shared/s" + sid + "/files"))) {
            return found.findFirst().orElseThrow(() -> new AssertionError("service " + sid + " has no files"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checksum and time of each, by name. */
    static Map<String, String> checksums(Path tree) throws Exception {
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path file : all.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                sums.put(tree.relativize(file).toString(), HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file))) + " "
                        + Files.getLastModifiedTime(file).toInstant().getEpochSecond());
            }
        }
        return sums;
    }
}
