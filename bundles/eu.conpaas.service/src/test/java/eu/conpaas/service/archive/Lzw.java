package eu.conpaas.service.archive;

import java.io.ByteArrayOutputStream;

/** Writes what {@code compress} writes (.Z), with codes of nine bits only: the table is cleared before it needs longer ones. */
final class Lzw {
    private static final int BITS = 9;
    private static final int CLEAR = 256;
    /** Codes between two clearings; a multiple of eight, since groups of eight codes are written as a whole. */
    private static final int GROUP = 200;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int held;
    private int bits;

    private Lzw() {
    }

    static byte[] compress(byte[] data) {
        Lzw lzw = new Lzw();
        lzw.out.writeBytes(new byte[] {0x1f, (byte) 0x9d, (byte) (0x80 | 16)});
        for (int i = 0; i < data.length; i++) {
            if (i > 0 && i % (GROUP - 1) == 0) {
                lzw.code(CLEAR);
            }
            lzw.code(data[i] & 0xff);
        }
        if (lzw.bits > 0) {
            lzw.out.write(lzw.held);
        }
        return lzw.out.toByteArray();
    }

    private void code(int code) {
        held |= code << bits;
        bits += BITS;
        while (bits >= 8) {
            out.write(held & 0xff);
            held >>>= 8;
            bits -= 8;
        }
    }
}
