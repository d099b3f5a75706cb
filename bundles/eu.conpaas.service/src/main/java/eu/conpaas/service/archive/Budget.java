package eu.conpaas.service.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what comes out of an archive and stops when it becomes too much, whatever its headers claim. */
final class Budget {
    private final ArchiveLimits limits;
    private final long packed;
    private long bytes;
    private int entries;

    Budget(ArchiveLimits limits, long packed) {
        this.limits = limits;
        this.packed = Math.max(1, packed);
    }

    void entry() {
        if (++entries > limits.entries()) {
            throw EntryGuard.bad("The archive has more than " + limits.entries() + " entries.");
        }
    }

    int entries() {
        return entries;
    }

    long bytes() {
        return bytes;
    }

    InputStream stream(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int b = super.read();
                count(b < 0 ? 0 : 1);
                return b;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int n = super.read(buffer, offset, length);
                count(Math.max(0, n));
                return n;
            }

            @Override
            public long skip(long n) throws IOException {
                long skipped = super.skip(n);
                count(skipped);
                return skipped;
            }
        };
    }

    private void count(long n) {
        bytes += n;
        if (bytes > limits.size()) {
            throw EntryGuard.bad("The archive unpacks to more than " + (limits.size() >> 20) + " MiB.");
        }
        if (bytes > ArchiveLimits.RATIO_FROM && bytes / packed > limits.ratio()) {
            throw EntryGuard.bad("The archive unpacks to more than " + limits.ratio() + " times its size.");
        }
    }
}
