package eu.conpaas.director.internal.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** So many bytes of a stream, hashed as they are read; closing it leaves the stream open. */
final class Stretch extends InputStream {
    private final InputStream in;
    private final Hashes hash = new Hashes();
    private long left;

    Stretch(InputStream in, long length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int n = in.read(bytes, offset, (int) Math.min(length, left));
        if (n < 0) {
            throw new EOFException("the file ends too early");
        }
        hash.write(bytes, offset, n);
        left -= n;
        return n;
    }

    /** SHA-256 of what was read; asked for once. */
    String hash() {
        return hash.value();
    }
}
