package eu.conpaas.director.internal.content;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;

/** Writes a file that comes in, counting and hashing it. Bytes are handed on as they come, so whoever writes should write many at once. */
final class Intake extends OutputStream {
    private final FileChannel to;
    private final MessageDigest digest;
    private final long room;
    private final long quota;
    private long size;

    /** @param room bytes it may have at most; {@code quota} is what the user is told */
    Intake(FileChannel to, MessageDigest digest, long room, long quota) {
        this.to = to;
        this.digest = digest;
        this.room = room;
        this.quota = quota;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        size += length;
        if (size > room) {
            throw new ApiException(ErrorCode.TOO_LARGE, "With this file you would keep more than the " + (quota >> 20) + " MiB allowed.",
                    "Delete versions or exports you do not need.");
        }
        digest.update(bytes, offset, length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
    }

    long size() {
        return size;
    }

    /** SHA-256 of all that was written; asked for once. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
