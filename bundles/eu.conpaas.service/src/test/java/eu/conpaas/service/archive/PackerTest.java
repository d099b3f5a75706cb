package eu.conpaas.service.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is in use goes into an archive and comes out of it the same. */
class PackerTest {
    private static final int LARGE = 3 << 20;
    @TempDir
    Path temp;
    private Path tree;

    @BeforeEach
    void make() throws IOException {
        tree = Files.createDirectories(temp.resolve("tree/pages/grüße"));
        tree = temp.resolve("tree");
    }

    private Path packed() throws IOException {
        Path archive = temp.resolve("data.tar");
        try (OutputStream out = Files.newOutputStream(archive)) {
            Packer.pack(tree, temp.resolve("scratch"), out);
        }
        return archive;
    }

    private Path unpacked(Path archive) throws IOException {
        Path copy = temp.resolve("copy");
        Unpacker.exact(-1, ArchiveLimits.DATA).unpack(archive, "data", copy, t -> { });
        return copy;
    }

    @Test
    void everythingComesOutAsItWentIn() throws IOException {
        byte[] large = new byte[LARGE];
        new Random(1).nextBytes(large);
        Files.write(tree.resolve("large.bin"), large);
        Files.writeString(tree.resolve("pages/grüße/käse.txt"), "Käse");
        Path deep = tree.resolve("a".repeat(120)).resolve("b".repeat(120));
        Files.createDirectories(deep);
        Files.writeString(deep.resolve("x"), "deep");
        Files.writeString(tree.resolve("empty"), "");
        Files.setPosixFilePermissions(tree.resolve("empty"), PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(tree.resolve("pages/link"), Path.of("../large.bin"));
        Files.createSymbolicLink(tree.resolve("pages/outside"), Path.of("/etc/passwd"));
        FileTime time = FileTime.from(Instant.parse("2020-02-02T02:02:02Z"));
        Files.setLastModifiedTime(tree.resolve("empty"), time);
        Files.setLastModifiedTime(tree.resolve("pages"), time);

        Path copy = unpacked(packed());

        assertArrayEquals(large, Files.readAllBytes(copy.resolve("large.bin")));
        assertEquals("Käse", Files.readString(copy.resolve("pages/grüße/käse.txt")));
        assertEquals("deep", Files.readString(copy.resolve(tree.relativize(deep)).resolve("x")));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("empty"))));
        assertEquals(time, Files.getLastModifiedTime(copy.resolve("empty")));
        assertEquals(time, Files.getLastModifiedTime(copy.resolve("pages")));
        assertEquals("../large.bin", Files.readSymbolicLink(copy.resolve("pages/link")).toString());
        assertFalse(Files.exists(copy.resolve("pages/outside"), java.nio.file.LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void anEmptyFolderIsAnArchiveToo() throws IOException {
        Unpacker.delete(tree.resolve("pages"));
        assertTrue(Files.isDirectory(unpacked(packed())));
    }

    /** One file is replaced and one is rewritten in place all the time, others come and go: each is whole in every archive. */
    @Test
    void filesThatAreWrittenToAreWhole() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Thread writer = Thread.ofPlatform().start(() -> write(begun));
        begun.await();
        try {
            for (int round = 0; round < 5; round++) {
                Path copy = unpacked(packed());
                whole(copy.resolve("replaced"));
                whole(copy.resolve("rewritten"));
                Unpacker.delete(copy);
            }
        } finally {
            writer.interrupt();
            writer.join();
        }
    }

    private static void whole(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] same = new byte[LARGE];
        Arrays.fill(same, bytes[0]);
        assertArrayEquals(same, bytes);
    }

    private void write(CountDownLatch begun) {
        byte[] bytes = new byte[LARGE];
        for (byte b = 1; !Thread.currentThread().isInterrupted(); b++) {
            try {
                Arrays.fill(bytes, b);
                Files.write(tree.resolve("new"), bytes);
                Files.move(tree.resolve("new"), tree.resolve("replaced"), StandardCopyOption.ATOMIC_MOVE);
                Files.writeString(tree.resolve("pages/" + b), "there for a moment");
                Files.deleteIfExists(tree.resolve("pages/" + (b - 3)));
                if (b % 8 == 1) {
                    Files.write(tree.resolve("rewritten"), bytes);
                    begun.countDown();
                    java.util.concurrent.locks.LockSupport.parkNanos(400_000_000);
                }
            } catch (java.nio.channels.ClosedByInterruptException e) {
                return;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Test
    void aBrokenArchiveLeavesNothing() throws IOException {
        Files.write(tree.resolve("large.bin"), new byte[LARGE]);
        Path archive = packed();
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length - LARGE));
        assertThrows(ApiException.class, () -> unpacked(archive));
        try (var left = Files.list(temp)) {
            assertEquals(0, left.filter(p -> p.getFileName().toString().endsWith(".tmp")).count());
        }
        assertFalse(Files.exists(temp.resolve("copy")));
    }
}
