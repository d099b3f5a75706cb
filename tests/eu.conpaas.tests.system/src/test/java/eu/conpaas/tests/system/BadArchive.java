package eu.conpaas.tests.system;

import eu.conpaas.tests.load.SampleApp;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An archive that must be refused.
 *
 * @param name what is bad about it
 * @param file where it is
 */
record BadArchive(String name, Path file) {
    static List<BadArchive> all(Path folder) throws IOException {
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("out"), Path.of("/etc/passwd"));
        Path device = Files.createDirectories(folder.resolve("pipe"));
        run("mkfifo", device.resolve("p").toString());
        return List.of(new BadArchive("not an archive", Files.writeString(folder.resolve("text.tar.gz"), "no archive at all")),
                new BadArchive("a way out of a zip", zip(folder.resolve("slip.zip"), "../outside.php", 10)),
                new BadArchive("an absolute name in a zip", zip(folder.resolve("absolute.zip"), "/outside.php", 10)),
                new BadArchive("a link to outside", tar(folder.resolve("link.tar"), links)),
                new BadArchive("a pipe", tar(folder.resolve("pipe.tar"), device)),
                new BadArchive("a bomb", zip(folder.resolve("bomb.zip"), "zeros", 3_000_000_000L)));
    }

    /** An archive that must be taken, packed as the file's name says. */
    static Path good(Path file) throws IOException {
        return file.toString().endsWith(".zip") ? zip(file, "index.php", 10) : SampleApp.archive(file, "good", 0);
    }

    private static Path zip(Path file, String entry, long zeros) throws IOException {
        byte[] block = new byte[1 << 20];
        try (OutputStream raw = Files.newOutputStream(file); ZipOutputStream out = new ZipOutputStream(raw, StandardCharsets.UTF_8)) {
            out.setLevel(1);
            out.putNextEntry(new ZipEntry(entry));
            for (long left = zeros; left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(left, block.length));
            }
        }
        return file;
    }

    private static Path tar(Path file, Path folder) throws IOException {
        run("tar", "-C", folder.toString(), "-cf", file.toString(), ".");
        return file;
    }

    private static void run(String... command) throws IOException {
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
