package eu.conpaas.rpc.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.EventStream;
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.Text;

/** Writes results and failures. */
final class Answer {
    static final String JSON = "application/json";
    static final String ERROR_HEADER = "X-ConPaaS-Error";
    private static final int NO_CONTENT = 204;
    private static final int OK = 200;

    private Answer() {
    }

    static void securityHeaders(Response response) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    }

    /** The body of a failure in both styles. */
    static Map<String, Object> failure(ApiError error) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", true);
        body.put("msg", error.cause());
        body.put("code", error.code());
        body.put("cause", error.cause());
        body.put("next", error.next());
        return body;
    }

    /** Sends any result; blocks until it is written or the client is found gone. */
    static void result(Response response, Object result, Duration keepAlive) throws IOException {
        switch (result) {
            case null -> response.setStatus(NO_CONTENT);
            case Text text -> send(response, OK, text.contentType(), text.text().getBytes(StandardCharsets.UTF_8));
            case Download download -> send(response, download);
            case EventStream stream -> Sse.send(response, stream.source(), keepAlive);
            default -> json(response, OK, result);
        }
    }

    static void json(Response response, int status, Object value) throws IOException {
        byte[] bytes;
        try {
            bytes = Json.bytes(value);
        } catch (UncheckedIOException e) {
            throw new IllegalStateException("the result cannot be written as JSON", e);
        }
        send(response, status, JSON, bytes);
    }

    static void error(Response response, int status, ApiError error) throws IOException {
        if (error.code() == ErrorCode.TOO_MANY_REQUESTS) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        json(response, status, failure(error));
    }

    /** The literal {@code false} of 1.3.1, with the reason in a header. */
    static void falseFor(Response response, ApiError error) throws IOException {
        Map<String, Object> reason = failure(error);
        reason.remove("error");
        reason.remove("msg");
        response.getHeaders().put(ERROR_HEADER, Json.ascii(reason));
        json(response, OK, false);
    }

    private static void send(Response response, int status, String type, byte[] bytes) throws IOException {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        Content.Sink.write(response, true, ByteBuffer.wrap(bytes));
    }

    /** Nothing ends the body but its last byte: one that breaks off must not look whole to the client. */
    private static void send(Response response, Download download) throws IOException {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, download.contentType());
        if (download.name() != null) {
            String ascii = download.name().replaceAll("[^A-Za-z0-9._ -]", "_");
            String utf8 = URLEncoder.encode(download.name(), StandardCharsets.UTF_8).replace("+", "%20");
            headers.put("Content-Disposition", "attachment; filename=\"" + ascii + "\""
                    + (ascii.equals(download.name()) ? "" : "; filename*=UTF-8''" + utf8));
        }
        response.setStatus(OK);
        Download.Content content = Ranges.choose(response, download);
        OutputStream out = Content.Sink.asOutputStream(response);
        try {
            content.writeTo(out);
        } catch (ApiException e) {
            if (response.isCommitted()) {
                throw new IOException(e.getMessage(), e);
            }
            throw e;
        }
        out.close();
    }
}
