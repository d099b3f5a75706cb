package eu.conpaas.cloud.local.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Reads the end of console logs, and keeps them from growing without bound. */
final class Console {
    private static final int A_LINE = 2048;
    private static final long LARGEST = 16L << 20;

    private Console() {
    }

    /** At most that many bytes from the end; empty if there is no log. */
    static String tail(Path file, int bytes) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long from = Math.max(0, channel.size() - Math.max(0, bytes));
            ByteBuffer buffer = ByteBuffer.allocate((int) (channel.size() - from));
            channel.position(from);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                continue;
            }
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves what a long log holds to a second file, in place of what that held. Whoever writes to the log appends, so that it can be emptied under him. */
    static void bound(Path file) {
        bound(file, LARGEST);
    }

    static void bound(Path file, long largest) {
        try {
            if (Files.size(file) > largest) {
                Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
                Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING).close();
            }
        } catch (NoSuchFileException e) {
            return; // the node has just been made, or is just being removed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String lastLine(Path file) {
        String text = tail(file, A_LINE).strip();
        return text.isEmpty() ? "nothing" : text.substring(text.lastIndexOf('\n') + 1);
    }
}
