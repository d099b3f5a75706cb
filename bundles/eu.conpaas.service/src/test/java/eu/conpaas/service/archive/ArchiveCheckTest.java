package eu.conpaas.service.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveCheckTest {
    @TempDir
    Path temp;

    private interface Filler {
        void fill(TarArchiveOutputStream tar) throws IOException;
    }

    private Path tar(Filler filler) throws IOException {
        Path file = temp.resolve("a.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            filler.fill(tar);
        }
        return file;
    }

    private static void file(TarArchiveOutputStream tar, String name, String text) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        entry.setSize(data.length);
        entry.setMode(06777);
        tar.putArchiveEntry(entry);
        tar.write(data);
        tar.closeArchiveEntry();
    }

    private static void special(TarArchiveOutputStream tar, String name, byte type, String link) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        if (link != null) {
            entry.setLinkName(link);
        }
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static String refused(Path archive) {
        ApiException e = assertThrows(ApiException.class, () -> ArchiveCheck.check(archive, "upload"));
        assertEquals(ErrorCode.BAD_ARCHIVE, e.error().code());
        assertFalse(e.error().next().isBlank());
        return e.error().cause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gz", "bzip2", "xz", "lzma", "zstd", "z"})
    void tarInEveryCompression(String compression) throws Exception {
        Path plain = tar(t -> file(t, "./app/index.php", "<?php"));
        Path file = temp.resolve("packed");
        if (compression.equals("none")) {
            Files.copy(plain, file);
        } else if (compression.equals("z")) {
            Files.write(file, Lzw.compress(Files.readAllBytes(plain)));
        } else {
            try (OutputStream out = new CompressorStreamFactory().createCompressorOutputStream(compression, Files.newOutputStream(file))) {
                Files.copy(plain, out);
            }
        }
        ArchiveFacts facts = ArchiveCheck.check(file, "packed");
        assertEquals("tar", facts.type());
        assertEquals(1, facts.entries());
        Path folder = temp.resolve("out");
        new Unpacker(-1).unpack(file, "packed", folder, tree -> { });
        assertEquals("<?php", Files.readString(folder.resolve("app/index.php")));
    }

    @Test
    void filesAreDatedAlikeWhereverTheyAreUnpacked() throws Exception {
        Path file = tar(t -> file(t, "index.php", "<?php"));
        Instant time = Instant.parse("2026-01-02T03:04:05Z");
        new Unpacker(-1).dated(time).unpack(file, "a.tar", temp.resolve("dated"), tree -> { });
        assertEquals(time, Files.getLastModifiedTime(temp.resolve("dated/index.php")).toInstant());
    }

    @Test
    void zipKeepsItsTopFolderAndIsUnpackedOnce() throws Exception {
        Path file = temp.resolve("a.zip");
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            ZipArchiveEntry entry = new ZipArchiveEntry("top/run.sh");
            entry.setUnixMode(0100755);
            zip.putArchiveEntry(entry);
            zip.write("hello".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        assertEquals(new ArchiveFacts("zip", 1, 5), ArchiveCheck.check(file, "a.zip"));
        Path folder = temp.resolve("out");
        new Unpacker(-1).unpack(file, "a.zip", folder, tree -> { });
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("top/run.sh"))));
    }

    @Test
    void zipLinkOutsideIsRefused() throws Exception {
        Path file = temp.resolve("a.zip");
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            ZipArchiveEntry entry = new ZipArchiveEntry("link");
            entry.setUnixMode(0120777);
            zip.putArchiveEntry(entry);
            zip.write("../../etc/passwd".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        assertTrue(refused(file).contains("link -> ../../etc/passwd"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../x", "a/../../x", "C:\\x"})
    void namesThatLeadOutAreRefused(String name) throws Exception {
        String cause = refused(tar(t -> file(t, name, "x")));
        assertTrue(cause.startsWith("Absolute file names are not allowed in archive members"), cause);
        assertTrue(cause.contains(name), cause);
    }

    @ParameterizedTest
    @CsvSource({"l,/etc/passwd", "l,../x", "a/l,../../x", "a/b/l,c/../../../x", "l,a/..", "l,''"})
    void linksThatLeadOutAreRefused(String name, String target) throws Exception {
        assertTrue(refused(tar(t -> special(t, name, TarConstants.LF_SYMLINK, target))).startsWith("Links that point outside"));
    }

    @Test
    void linksInsideAreKept() throws Exception {
        Path file = tar(t -> {
            file(t, "lib/a.php", "a");
            special(t, "app/a.php", TarConstants.LF_SYMLINK, "../lib/a.php");
            special(t, "hard.php", TarConstants.LF_LINK, "lib/a.php");
        });
        Path folder = temp.resolve("out");
        new Unpacker(-1).unpack(file, "a.tar", folder, tree -> { });
        assertTrue(Files.isSymbolicLink(folder.resolve("app/a.php")));
        assertEquals("a", Files.readString(folder.resolve("app/a.php")));
        assertEquals("a", Files.readString(folder.resolve("hard.php")));
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("lib/a.php"))));
    }

    @Test
    void nothingIsWrittenThroughALink() throws Exception {
        assertTrue(refused(tar(t -> {
            special(t, "here", TarConstants.LF_SYMLINK, ".");
            file(t, "here/x", "x");
        })).contains("here/x lies below here"));
        assertTrue(refused(tar(t -> {
            file(t, "a/x", "x");
            special(t, "a", TarConstants.LF_SYMLINK, "b");
        })).contains("twice"));
    }

    @Test
    void hardLinksToTheOutsideDevicesAndPipesAreRefused() throws Exception {
        assertTrue(refused(tar(t -> special(t, "h", TarConstants.LF_LINK, "etc/passwd"))).startsWith("Hard links"));
        assertTrue(refused(tar(t -> special(t, "h", TarConstants.LF_LINK, "/etc/passwd"))).startsWith("Absolute"));
        assertTrue(refused(tar(t -> special(t, "null", TarConstants.LF_CHR, null))).startsWith("Devices"));
        assertTrue(refused(tar(t -> special(t, "pipe", TarConstants.LF_FIFO, null))).startsWith("Devices"));
    }

    @Test
    void bombsAreStoppedOnTheWay() throws Exception {
        Path file = temp.resolve("bomb.tar.gz");
        try (OutputStream out = new CompressorStreamFactory().createCompressorOutputStream("gz", Files.newOutputStream(file));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            TarArchiveEntry entry = new TarArchiveEntry("zeros", true);
            entry.setSize(100L << 20);
            tar.putArchiveEntry(entry);
            for (int i = 0; i < 100; i++) {
                tar.write(new byte[1 << 20]);
            }
            tar.closeArchiveEntry();
        }
        assertTrue(refused(file).contains("200 times"));
        Path folder = temp.resolve("out");
        assertThrows(ApiException.class, () -> new Unpacker(-1).unpack(file, "bomb", folder, tree -> { }));
        assertFalse(Files.exists(folder, LinkOption.NOFOLLOW_LINKS));
        try (var left = Files.list(temp)) {
            assertEquals(0, left.filter(p -> p.toString().endsWith(".tmp")).count());
        }
        Path many = tar(t -> {
            for (int i = 0; i < 5; i++) {
                file(t, "f" + i, "x");
            }
        });
        assertThrows(ApiException.class, () -> ArchiveCheck.check(many, "many", new ArchiveLimits(4, 1 << 20, 100)));
        assertThrows(ApiException.class, () -> ArchiveCheck.check(many, "many", new ArchiveLimits(9, 100, 100)));
    }

    @Test
    void whatIsNoArchiveIsRefused() throws Exception {
        Path text = Files.writeString(temp.resolve("x"), "just text, long enough to look at, but no archive");
        assertTrue(refused(text).startsWith("Invalid archive format"));
        Path empty = Files.writeString(temp.resolve("y"), "");
        assertTrue(refused(empty).startsWith("Invalid archive format"));
        byte[] good = Files.readAllBytes(tar(t -> file(t, "a", "x".repeat(5000))));
        Path cut = Files.write(temp.resolve("z"), java.util.Arrays.copyOf(good, 2000));
        assertTrue(refused(cut).startsWith("Invalid archive format"));
    }
}
