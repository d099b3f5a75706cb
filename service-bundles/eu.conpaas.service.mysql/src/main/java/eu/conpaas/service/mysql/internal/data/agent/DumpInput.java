package eu.conpaas.service.mysql.internal.data.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** A dump as it was uploaded, opened as plain SQL: plain, or compressed by gzip, bzip2, xz or zstd. */
final class DumpInput {
    private static final Set<String> KNOWN = Set.of(CompressorStreamFactory.GZIP, CompressorStreamFactory.BZIP2, CompressorStreamFactory.XZ,
            CompressorStreamFactory.ZSTANDARD);
    private static final int BUFFER = 64 << 10;
    /** More memory than this to decompress is refused (KiB). */
    private static final int MEMORY = 64 << 10;

    private DumpInput() {
    }

    /** @param read told how many bytes of the file have been read */
    static InputStream open(Path file, LongConsumer read) throws IOException {
        InputStream raw = new BufferedInputStream(new Counting(Files.newInputStream(file), read), BUFFER);
        try {
            String form = CompressorStreamFactory.detect(raw);
            if (KNOWN.contains(form)) {
                return new BufferedInputStream(new CompressorStreamFactory(true, MEMORY).createCompressorInputStream(form, raw), BUFFER);
            }
        } catch (CompressorException e) {
            if (e.getCause() != null) {
                raw.close();
                throw new ApiException(ErrorCode.INVALID_ARGUMENT, "The dump cannot be decompressed: " + e.getMessage() + ".", "Upload it plain or as .gz.", e);
            }
        }
        return raw;
    }

    private static final class Counting extends FilterInputStream {
        private final LongConsumer read;
        private long bytes;

        Counting(InputStream in, LongConsumer read) {
            super(in);
            this.read = read;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            bytes += Math.max(0, n);
            read.accept(bytes);
            return n;
        }
    }
}
