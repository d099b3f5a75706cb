package eu.conpaas.cloud.local.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the end of console logs. */
final class Console {
    private static final int A_LINE = 2048;

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

    static String lastLine(Path file) {
        String text = tail(file, A_LINE).strip();
        return text.isEmpty() ? "nothing" : text.substring(text.lastIndexOf('\n') + 1);
    }
}
