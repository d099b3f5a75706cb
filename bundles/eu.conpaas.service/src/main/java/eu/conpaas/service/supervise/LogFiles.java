package eu.conpaas.service.supervise;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Reads log files piece by piece and keeps them from growing without bound. */
public final class LogFiles {
    /** Bytes after which a log is cut; as much again is kept in {@code <name>.1}. */
    public static final long LIMIT = 4L << 20;

    private LogFiles() {
    }

    /**
     * A piece of a log.
     *
     * @param text   what was written there
     * @param offset where the piece starts (0 if the log has been cut since)
     * @param next   offset to go on from
     * @param size   bytes the log has now
     */
    public record Piece(String text, long offset, long next, long size) {
    }

    /**
     * @param offset where to start; negative counts from the end
     * @param limit  most bytes to read
     * @return empty text if there is no such file (yet)
     */
    public static Piece read(Path file, long offset, int limit) throws IOException {
        if (!Files.isRegularFile(file)) {
            return new Piece("", 0, 0, 0);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long start = offset < 0 ? Math.max(0, size + offset) : offset > size ? 0 : offset;
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(limit, size - start));
            while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) >= 0) {
                continue;
            }
            return new Piece(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8), start, start + buffer.position(), size);
        }
    }

    /** The last lines, for an error message. */
    public static String lastLines(Path file, int lines) {
        try {
            String[] all = read(file, -4096, 4096).text().strip().split("\n");
            return String.join("\n", java.util.Arrays.asList(all).subList(Math.max(0, all.length - lines), all.length));
        } catch (IOException e) {
            return "(log cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Cuts a log that has grown beyond the limit; works while it is being appended to. */
    public static void bound(Path file, long limit) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) > limit) {
            Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        }
    }
}
