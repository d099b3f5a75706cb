package eu.conpaas.director.internal.transfer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/** Headers of the tar archive an export is (POSIX ustar, sizes above 8 GiB as GNU tar writes them): each file has one form only. */
final class TarHeader {
    static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_DIGITS = 11;
    private static final int SUM_AT = 148;
    private static final long OCTAL_END = 1L << 33;

    private TarHeader() {
    }

    /** A plain file that only its owner may read. @param name at most 100 characters, ASCII */
    static byte[] of(String name, long size, Instant time) {
        byte[] block = new byte[BLOCK];
        text(block, 0, name);
        text(block, NAME, "0000600");
        text(block, 108, "0000000");
        text(block, 116, "0000000");
        size(block, size);
        text(block, 136, octal(time.getEpochSecond(), SIZE_DIGITS));
        block[156] = '0';
        text(block, 257, "ustar");
        text(block, 263, "00");
        Arrays.fill(block, SUM_AT, SUM_AT + 8, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        text(block, SUM_AT, octal(sum, 6));
        block[SUM_AT + 6] = 0;
        return block;
    }

    private static void size(byte[] block, long size) {
        if (size < OCTAL_END) {
            text(block, SIZE_AT, octal(size, SIZE_DIGITS));
            return;
        }
        block[SIZE_AT] = (byte) 0x80;
        for (int i = 0; i < Long.BYTES; i++) {
            block[SIZE_AT + SIZE_DIGITS - i] = (byte) (size >>> (Byte.SIZE * i));
        }
    }

    private static void text(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    private static String octal(long number, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "o", number);
    }

    /** The size a header says, if it is one of a file of this name and less than 8 GiB; else -1. */
    static long size(byte[] block, String name) {
        boolean named = new String(block, 0, name.length() + 1, StandardCharsets.US_ASCII).equals(name + '\0');
        String digits = new String(block, SIZE_AT, SIZE_DIGITS, StandardCharsets.US_ASCII);
        return named && digits.matches("[0-7]+") ? Long.parseLong(digits, Byte.SIZE) : -1;
    }

    /** Bytes that fill the last block of a file. */
    static int padding(long size) {
        return (int) ((BLOCK - size % BLOCK) % BLOCK);
    }
}
