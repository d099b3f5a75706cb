package eu.conpaas.service.mysql.internal.agent.clone;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HexFormat;

/**
 * Bytes on their way between two nodes that know the same key: nobody else can read, change, cut off or make them up. They go in numbered {@link Frames}; the
 * empty frame is the end. A key is good for one stream.
 */
final class Sealed {
    private static final int FRAME = 1 << 18;

    private Sealed() {
    }

    /** @param key 32 bytes in hexadecimal */
    static void send(InputStream from, OutputStream to, String key) throws IOException {
        try (Frames frames = Frames.of(true, HexFormat.of().parseHex(key))) {
            DataOutputStream out = new DataOutputStream(to);
            byte[] plain = new byte[FRAME];
            int length;
            do {
                length = from.readNBytes(plain, 0, FRAME);
                byte[] frame = frames.next(plain, length);
                out.writeInt(frame.length);
                out.write(frame);
            } while (length > 0);
            out.flush();
        }
    }

    /** @throws IOException if the stream is not whole, or not of this key */
    static void receive(InputStream from, OutputStream to, String key) throws IOException {
        try (Frames frames = Frames.of(false, HexFormat.of().parseHex(key))) {
            DataInputStream in = new DataInputStream(from);
            byte[] frame = new byte[FRAME + Frames.TAG];
            while (true) {
                int length = in.readInt();
                if (length < Frames.TAG || length > frame.length) {
                    throw new IOException("the stream is damaged");
                }
                in.readFully(frame, 0, length);
                byte[] plain = frames.next(frame, length);
                if (plain.length == 0) {
                    return;
                }
                to.write(plain);
            }
        }
    }
}
