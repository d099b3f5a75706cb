package eu.conpaas.tests.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** The PHP application that tests and benchmarks deploy; its pages are in {@code sample-app/}. */
public final class SampleApp {
    private static final List<String> FILES = List.of("version.php", "head.php", "foot.php", "index.php", "fast.php", "work.php", "slow.php",
            "session.php", "upload.php", "page.php", "info.php", "folder/index.php", "static.txt", "data/README");

    /** What its pages end in. */
    public static final String END = "END";

    private SampleApp() {
    }

    /** Writes the pages of a version into a folder. */
    public static void write(Path folder, String version) throws IOException {
        for (String name : FILES) {
            try (InputStream in = SampleApp.class.getResourceAsStream("/sample-app/" + name)) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@VERSION@", version);
                Path file = folder.resolve(name);
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            }
        }
        // what must never be handed out
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/config"), "[core] secret\n");
        Files.writeString(folder.resolve(".env"), "PASSWORD=secret\n");
    }

    /**
     * Makes an archive of a version.
     *
     * @param file    ends in .tar, .tar.gz, .tar.bz2, .tar.xz or .tar.zst
     * @param padding bytes of incompressible data to add in files of 100 KB
     * @return {@code file}
     */
    public static Path archive(Path file, String version, int padding) throws IOException {
        Path folder = Files.createTempDirectory(file.toAbsolutePath().getParent(), "app");
        write(folder, version);
        Random random = new Random(padding);
        for (int i = 0, left = padding; left > 0; i++, left -= 100_000) {
            byte[] bytes = new byte[Math.min(left, 100_000)];
            random.nextBytes(bytes);
            Path pad = folder.resolve("padding/" + i + ".bin");
            Files.createDirectories(pad.getParent());
            Files.write(pad, bytes);
        }
        Process tar = new ProcessBuilder("tar", "-C", folder.toString(), "-caf", file.toAbsolutePath().toString(), ".").inheritIO().start();
        try {
            if (tar.waitFor() != 0) {
                throw new IOException("tar ended with " + tar.exitValue());
            }
        } catch (InterruptedException e) {
            tar.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while making " + file, e);
        } finally {
            delete(folder);
        }
        return file;
    }

    /** Deletes a folder and all in it. */
    public static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(f -> {
                try {
                    Files.delete(f);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
