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
    private static final int GTID = 162;
    private static final int GTID_LIST = 163;
    private static final int EVENTS = 64;
    private static final int LONGEST = 1 << 20;

    private BinlogFile() {
    }

    /**
     * Position before the file's first transaction; empty if the file does not tell (yet). The first file of a server that has begun as a copy says
     * nothing of what was before the copy: there the first transaction tells, but not by which server the one before it was.
     */
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
                int type = header.get(TYPE) & 0xff;
                if (length < 0 || length > LONGEST) {
                    return Optional.empty();
                }
                ByteBuffer body = ByteBuffer.wrap(in.readNBytes(length)).order(ByteOrder.LITTLE_ENDIAN);
                if (type == GTID_LIST && highest(body) != Position.NONE) {
                    return Optional.of(highest(body.rewind()));
                }
                if (type == GTID) {
                    long sequence = body.getLong();
                    return Optional.of(sequence <= 1 ? Position.NONE : new Position(Integer.toUnsignedLong(body.getInt()), 0, sequence - 1));
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
