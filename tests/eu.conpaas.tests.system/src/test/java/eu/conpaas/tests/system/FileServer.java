package eu.conpaas.tests.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A web server of this machine whose files manifests name. */
final class FileServer implements AutoCloseable {
    private final HttpServer server;

    FileServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    /** Settings of a director that may fetch files here. */
    static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Running.SETTINGS);
        settings.put("director.FETCH_ALLOW", "127.0.0.1");
        return settings;
    }

    /** Serves a file. @return its URL */
    String serve(String path, Path file) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, Files.size(file));
            Files.copy(file, exchange.getResponseBody());
            exchange.close();
        });
        return base() + path;
    }

    /** Serves bytes. @return their URL */
    String serve(String path, byte[] content) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        return base() + path;
    }

    String serve(String path, String text) {
        return serve(path, text.getBytes(StandardCharsets.UTF_8));
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
