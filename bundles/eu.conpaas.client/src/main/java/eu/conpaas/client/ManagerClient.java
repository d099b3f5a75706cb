package eu.conpaas.client;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.rpc.HttpRpc;
import eu.conpaas.rpc.JsonRpc;
import eu.conpaas.rpc.Progress;

/** A service's manager, called directly as a 1.3.1 client does. The user must show a certificate of its own. Thread-safe. */
public final class ManagerClient implements AutoCloseable {
    /** Longest time without progress: a database may have to look for its first row for long. */
    private static final Duration FILES = Duration.ofMinutes(2);
    private final HttpRpc http;
    private final JsonRpc rpc;

    ManagerClient(HttpRpc http) {
        this.http = http;
        this.rpc = new JsonRpc(http);
    }

    /** The {@code result} of a GET method. */
    public JsonNode get(String method, Map<String, ?> params) {
        return rpc.get(method, params);
    }

    /** The {@code result} of a POST method. */
    public JsonNode post(String method, Map<String, ?> params) {
        return rpc.post(method, params);
    }

    /** The {@code result} of an UPLOAD method. */
    public JsonNode upload(String method, Map<String, ?> params, String field, Path file, Progress progress) {
        return rpc.timeout(FILES).upload(method, params, field, file, progress);
    }

    /** Stores the file a GET method answers with. */
    public void download(String method, Map<String, ?> params, Path target, Progress progress) {
        rpc.timeout(FILES).download(method, params, target, progress);
    }

    /** Writes the file a GET method answers with; the stream is not closed. */
    public void download(String method, Map<String, ?> params, OutputStream out) {
        rpc.timeout(FILES).download(method, params, out);
    }

    @Override
    public void close() {
        http.close();
    }
}
