package eu.conpaas.service.mysql.internal.data.agent;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** What the beginning of a binary log file tells: the position of the databases before its first event. */
final class BinlogFile {
    private static final byte[] MAGIC = {(byte) 0xfe, 'b', 'i', 'n'};
    private static final int HEADER = 19;
    private static final int TYPE = 4;
    private static final int LENGTH = 9;
    private static final int GTID_LIST = 163;
    private static final int EVENTS = 16;
    private static final int LONGEST = 1 << 20;

    private BinlogFile() {
    }

    /** Position before the file's first transaction; empty if the file does not tell (yet). */
    static Optional<Position> before(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file); DataInputStream in = new DataInputStream(new BufferedInputStream(raw))) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                return Optional.empty();
            }
            for (int i = 0; i < EVENTS; i++) {
                ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER)).order(ByteOrder.LITTLE_ENDIAN);
                if (header.remaining() < HEADER) {
                    return Optional.empty();
                }
                int length = header.getInt(LENGTH) - HEADER;
                if (length < 0 || length > LONGEST) {
                    return Optional.empty();
                }
                ByteBuffer body = ByteBuffer.wrap(in.readNBytes(length)).order(ByteOrder.LITTLE_ENDIAN);
                if (header.get(TYPE) == (byte) GTID_LIST) {
                    return Optional.of(highest(body));
                }
            }
            return Optional.empty();
        }
    }

    private static Position highest(ByteBuffer body) {
        int count = body.getInt() & 0x0fffffff;
        Position highest = Position.NONE;
        for (int i = 0; i < count; i++) {
            Position one = new Position(Integer.toUnsignedLong(body.getInt()), Integer.toUnsignedLong(body.getInt()), body.getLong());
            highest = one.sequence() > highest.sequence() ? one : highest;
        }
        return highest;
    }
}
