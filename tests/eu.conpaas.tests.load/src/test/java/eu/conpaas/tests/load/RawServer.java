package eu.conpaas.tests.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that misbehaves on demand: what it does depends on the path. */
final class RawServer implements AutoCloseable {
    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    RawServer() throws IOException {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    open.add(socket);
                    connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException e) {
                    return; // closed by the test
                }
            }
        });
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** What to answer on a path, byte for byte; {@code null} paths answer 200 and {@code the end}. */
    void answer(String path, String bytes) {
        answers.put(path, bytes);
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String path = line.split(" ")[1];
                for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                    assert header.contains(":");
                }
                OutputStream out = socket.getOutputStream();
                switch (path) {
                    case "/reset" -> {
                        socket.setSoLinger(true, 0);
                        return;
                    }
                    case "/silent" -> {
                        in.read();
                        return;
                    }
                    case "/close-after" -> {
                        out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.ISO_8859_1));
                        return;
                    }
                    default -> {
                        String bytes = answers.getOrDefault(path, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nthe end");
                        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                        if (bytes.contains("cut")) {
                            return;
                        }
                    }
                }
            }
        } catch (IOException e) {
            open.remove(socket); // the client went away, which some tests want
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
