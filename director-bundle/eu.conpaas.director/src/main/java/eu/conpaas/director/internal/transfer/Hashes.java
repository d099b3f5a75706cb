package eu.conpaas.director.internal.transfer;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what is written. */
final class Hashes extends OutputStream {
    private final MessageDigest digest;

    Hashes() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    static String of(byte[] bytes) {
        Hashes hash = new Hashes();
        hash.write(bytes, 0, bytes.length);
        return hash.value();
    }

    @Override
    public void write(int b) {
        digest.update((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    /** Lower-case hexadecimal digits; asked for once. */
    String value() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
