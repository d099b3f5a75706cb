package eu.conpaas.service.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A copy of one file: of a small one in memory, of a large one in a scratch file. */
final class Snapshot implements AutoCloseable {
    private static final int SMALL = 1 << 20;
    private final Path scratch;
    private byte[] bytes;
    private Path file;

    Snapshot(Path scratch) {
        this.scratch = scratch;
    }

    /** Copies the file as it is now, in place of an earlier copy. */
    void take(Path path) throws IOException {
        bytes = null;
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            byte[] start = in.readNBytes(SMALL);
            if (start.length < SMALL) {
                bytes = start;
                return;
            }
        }
        if (file == null) {
            Files.createDirectories(scratch);
            file = Files.createTempFile(scratch, "save-", ".tmp");
        }
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    long size() throws IOException {
        return bytes != null ? bytes.length : Files.size(file);
    }

    InputStream open() throws IOException {
        return bytes != null ? new ByteArrayInputStream(bytes) : Files.newInputStream(file);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
