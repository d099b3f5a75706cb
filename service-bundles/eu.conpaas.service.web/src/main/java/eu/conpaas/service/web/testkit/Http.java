package eu.conpaas.service.web.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A strict HTTP/1.1 client on one connection: whatever is not a whole answer is an error, and nothing is tried twice. */
public final class Http implements AutoCloseable {
    private final String address;
    private final int port;
    private Socket socket;
    private InputStream in;

    public Http(String address, int port) {
        this.address = address;
        this.port = port;
    }

    /** An answer; header names in lower case. */
    public record Answer(int status, Map<String, String> headers, String body) {
    }

    public Answer get(String path, String... headers) throws IOException {
        return send("GET", path, new byte[0], headers);
    }

    public Answer send(String method, String path, byte[] body, String... headers) throws IOException {
        if (socket == null) {
            socket = new Socket(address, port);
            socket.setSoTimeout(60_000);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: example.org\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(body);
        return answer(method);
    }

    private Answer answer(String method) throws IOException {
        String status = line();
        if (!status.startsWith("HTTP/1.1 ")) {
            throw new IOException("not HTTP: " + status);
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.put(line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT), line.substring(line.indexOf(':') + 1).strip());
        }
        byte[] body = method.equals("HEAD") ? new byte[0] : body(headers);
        if ("close".equalsIgnoreCase(headers.get("connection"))) {
            close();
        }
        return new Answer(Integer.parseInt(status.substring(9, 12)), headers, new String(body, StandardCharsets.UTF_8));
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (!"chunked".equals(headers.get("transfer-encoding"))) {
            return exactly(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(), 16);
            body.write(exactly(size));
            line();
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private byte[] exactly(int n) throws IOException {
        byte[] data = in.readNBytes(n);
        if (data.length < n) {
            throw new EOFException("body cut after " + data.length + " of " + n + " bytes");
        }
        return data;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("connection ended");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
