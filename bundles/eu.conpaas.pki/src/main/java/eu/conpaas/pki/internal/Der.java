package eu.conpaas.pki.internal;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The little of DER that a distinguished name needs. Every length is checked; malformed input is an IllegalArgumentException. */
final class Der {
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;
    private static final int OID = 0x06;
    private final byte[] data;
    private final int end;
    private int at;

    Der(byte[] data) {
        this(data, 0, data.length);
    }

    private Der(byte[] data, int at, int end) {
        this.data = data;
        this.at = at;
        this.end = end;
    }

    boolean hasMore() {
        return at < end;
    }

    /** The content of the next element, which must have this tag. */
    Der enter(int tag) {
        if (next() != tag) {
            throw new IllegalArgumentException("malformed name");
        }
        int length = length();
        Der inner = new Der(data, at, at + length);
        at += length;
        return inner;
    }

    String oid() {
        Der body = enter(OID);
        StringBuilder text = new StringBuilder();
        boolean first = true;
        while (body.hasMore()) {
            long arc = body.arc();
            if (first) {
                long root = Math.min(arc / 40, 2);
                text.append(root).append('.').append(arc - root * 40);
                first = false;
            } else {
                text.append('.').append(arc);
            }
        }
        return text.toString();
    }

    private long arc() {
        long value = 0;
        int b;
        do {
            b = next();
            value = value << 7 | b & 0x7f;
            if (value > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("malformed object id");
            }
        } while ((b & 0x80) != 0);
        return value;
    }

    /** A string of any of the usual kinds. */
    String string() {
        Charset charset = switch (next()) {
            case 0x0c -> StandardCharsets.UTF_8;
            case 0x13, 0x16 -> StandardCharsets.US_ASCII;
            case 0x14 -> StandardCharsets.ISO_8859_1;
            case 0x1e -> StandardCharsets.UTF_16BE;
            default -> throw new IllegalArgumentException("an attribute is not a string");
        };
        int length = length();
        String text = new String(data, at, length, charset);
        at += length;
        return text;
    }

    private int next() {
        if (at >= end) {
            throw new IllegalArgumentException("malformed name");
        }
        return data[at++] & 0xff;
    }

    private int length() {
        int length = next();
        if (length >= 0x80) {
            int bytes = length & 0x7f;
            if (bytes == 0 || bytes > 3) {
                throw new IllegalArgumentException("malformed length");
            }
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | next();
            }
        }
        if (length > end - at) {
            throw new IllegalArgumentException("malformed length");
        }
        return length;
    }
}
