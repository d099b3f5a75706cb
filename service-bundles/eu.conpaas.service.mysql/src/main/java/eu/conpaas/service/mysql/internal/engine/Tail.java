package eu.conpaas.service.mysql.internal.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a program's error output to its end and keeps the last of it. */
final class Tail {
    private static final int KEPT = 16 << 10;
    private byte[] kept = new byte[0];

    void drain(InputStream from) {
        byte[] piece = new byte[4096];
        try (from) {
            for (int n = from.read(piece); n >= 0; n = from.read(piece)) {
                add(piece, n);
            }
        } catch (IOException e) {
            byte[] why = ("(its errors could not be read: " + e.getMessage() + ")").getBytes(StandardCharsets.UTF_8);
            add(why, why.length);
        }
    }

    private synchronized void add(byte[] piece, int n) {
        byte[] all = Arrays.copyOf(kept, kept.length + n);
        System.arraycopy(piece, 0, all, kept.length, n);
        kept = all.length <= KEPT ? all : Arrays.copyOfRange(all, all.length - KEPT, all.length);
    }

    synchronized String text() {
        return new String(kept, StandardCharsets.UTF_8);
    }
}
