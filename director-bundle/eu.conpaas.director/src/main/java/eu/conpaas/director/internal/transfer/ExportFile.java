package eu.conpaas.director.internal.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The file an export is, never stored as such: a tar archive of the index, the contents and a list of checksums, whose every byte follows from the index. So
 * it can be sent from any byte on, and a file that came from outside is right only if it is this one, byte for byte.
 */
final class ExportFile {
    static final String INDEX = "conpaas-application.json";
    static final String CONTENTS = "contents/";
    static final String SUMS = "SHA256SUMS";
    private static final int END = 2 * TarHeader.BLOCK;
    private static final int BUFFER = 64 << 10;

    private final List<Part> parts = new ArrayList<>();
    private long size;

    /** Bytes that stand side by side in the file. */
    sealed interface Part {
        long length();
    }

    /** Bytes that follow from the index. */
    record Text(byte[] bytes) implements Part {
        @Override
        public long length() {
            return bytes.length;
        }
    }

    /** A content. */
    record Content(String sha256, long length) implements Part {
    }

    /** @param index the bytes of the document */
    ExportFile(byte[] index, ExportDoc doc) {
        StringBuilder sums = new StringBuilder(Hashes.of(index)).append("  ").append(INDEX).append('\n');
        add(INDEX, new Text(index), doc);
        for (Map.Entry<String, Long> content : doc.sizes().entrySet()) {
            add(CONTENTS + content.getKey(), new Content(content.getKey(), content.getValue()), doc);
            sums.append(content.getKey()).append("  ").append(CONTENTS).append(content.getKey()).append('\n');
        }
        add(SUMS, new Text(sums.toString().getBytes(StandardCharsets.US_ASCII)), doc);
        add(new Text(new byte[END]));
    }

    private void add(String name, Part part, ExportDoc doc) {
        add(new Text(TarHeader.of(name, part.length(), doc.created())));
        add(part);
        int padding = TarHeader.padding(part.length());
        if (padding > 0) {
            add(new Text(new byte[padding]));
        }
    }

    private void add(Part part) {
        parts.add(part);
        size += part.length();
    }

    List<Part> parts() {
        return parts;
    }

    long size() {
        return size;
    }

    /** Writes a stretch of the file. @param contents where a content lies */
    void writeTo(OutputStream out, Function<String, Path> contents, long offset, long length) throws IOException {
        long at = 0;
        long end = offset + length;
        for (Part part : parts) {
            long from = Math.max(offset - at, 0);
            long to = Math.min(end - at, part.length());
            if (from < to) {
                write(out, contents, part, from, to - from);
            }
            at += part.length();
        }
    }

    private static void write(OutputStream out, Function<String, Path> contents, Part part, long from, long length) throws IOException {
        switch (part) {
            case Text text -> out.write(text.bytes, (int) from, (int) length);
            case Content content -> copy(out, contents.apply(content.sha256), from, length);
        }
    }

    private static void copy(OutputStream out, Path file, long from, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            for (long left = length; left > 0;) {
                int n = in.readNBytes(buffer, 0, (int) Math.min(left, BUFFER));
                if (n == 0) {
                    throw new IOException("content " + file.getFileName() + " is shorter than it was");
                }
                out.write(buffer, 0, n);
                left -= n;
            }
        }
    }

    /** SHA-256 of the whole file. */
    String sha256(Function<String, Path> contents) throws IOException {
        Hashes hash = new Hashes();
        writeTo(hash, contents, 0, size);
        return hash.value();
    }
}
