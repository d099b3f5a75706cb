package eu.conpaas.service.mysql.internal.engine;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The pipe to a program: tells failures of the pipe from failures of what is sent through it. */
final class Pipe extends FilterOutputStream {
    private volatile boolean broken;

    Pipe(OutputStream out) {
        super(out);
    }

    /** Whether the program has closed its end. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    /** Closes it; that the other side is gone is no error then. */
    void shut() {
        try {
            out.close();
        } catch (IOException e) {
            broken = true;
        }
    }
}
