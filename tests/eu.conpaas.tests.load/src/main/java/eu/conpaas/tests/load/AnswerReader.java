package eu.conpaas.tests.load;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads one HTTP/1.1 answer and is exact about where it ends. */
final class AnswerReader {
    private static final int LINE_LIMIT = 64 * 1024;
    private static final int BODY_LIMIT = 256 * 1024 * 1024;

    private final InputStream in;
    private boolean begun;

    AnswerReader(InputStream in) {
        this.in = in;
    }

    /** Whether at least one byte of the answer has come. */
    boolean hasBegun() {
        return begun;
    }

    /** Reads it. @throws EOFException if the connection ends before the answer does */
    Answer read(boolean head) throws IOException {
        String status = line();
        while (status.startsWith("HTTP/1.1 100")) {
            headers();
            status = line();
        }
        String[] words = status.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[0-9]{3}")) {
            throw new IOException("not an HTTP answer: " + status);
        }
        int code = Integer.parseInt(words[1]);
        Map<String, List<String>> headers = headers();
        String length = first(headers, "content-length");
        boolean chunked = "chunked".equalsIgnoreCase(first(headers, "transfer-encoding"));
        boolean close = "close".equalsIgnoreCase(first(headers, "connection")) || words[0].equals("HTTP/1.0");
        if (head || code == 204 || code == 304) {
            return new Answer(code, headers, new byte[0], !close);
        }
        if (chunked) {
            return new Answer(code, headers, chunks(), !close);
        }
        if (length == null) {
            // the end of such a body can't be told from a cut, so it is not accepted from a server that speaks 1.1
            throw new IOException("answer has neither Content-Length nor chunks");
        }
        return new Answer(code, headers, exactly(bounded(Long.parseLong(length))), !close);
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("bad header line: " + line);
            }
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), k -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line();
            int semicolon = size.indexOf(';');
            int n = bounded(Long.parseLong((semicolon < 0 ? size : size.substring(0, semicolon)).strip(), 16));
            if (n == 0) {
                headers();
                return body.toByteArray();
            }
            body.write(exactly(n));
            bounded(body.size());
            if (!line().isEmpty()) {
                throw new IOException("chunk does not end where it says");
            }
        }
    }

    private byte[] exactly(int n) throws IOException {
        byte[] bytes = in.readNBytes(n);
        if (bytes.length < n) {
            throw new EOFException("body cut: " + bytes.length + " of " + n + " bytes");
        }
        return bytes;
    }

    private static int bounded(long n) throws IOException {
        if (n < 0 || n > BODY_LIMIT) {
            throw new IOException("body of " + n + " bytes");
        }
        return (int) n;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException(begun ? "answer cut" : "connection closed without an answer");
            }
            begun = true;
            if (b == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.write(b);
            if (line.size() > LINE_LIMIT) {
                throw new IOException("line too long");
            }
        }
    }

    private static String first(Map<String, List<String>> headers, String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.getFirst();
    }
}
