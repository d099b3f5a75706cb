package eu.conpaas.rpc.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

import eu.conpaas.rpc.EventStream;
import eu.conpaas.rpc.Json;

/** Writes server-sent events. */
final class Sse {
    private static final String COMMENT = ":\n\n";

    private Sse() {
    }

    /** Sends until the source ends, the client goes (IOException) or the server closes (interrupt). */
    static void send(Response response, EventStream.Source source, Duration keepAlive) throws IOException {
        try (source) {
            response.setStatus(200);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream; charset=utf-8");
            write(response, false, COMMENT);
            for (EventStream.Item item = source.next(keepAlive); item != EventStream.Source.END; item = source.next(keepAlive)) {
                write(response, false, item == null ? COMMENT : format(item));
            }
            write(response, true, "");
        } catch (InterruptedException e) {
            write(response, true, "");
        }
    }

    private static String format(EventStream.Item item) {
        StringBuilder text = new StringBuilder();
        if (item.id() != null) {
            text.append("id: ").append(oneLine(item.id())).append('\n');
        }
        if (item.kind() != null) {
            text.append("event: ").append(oneLine(item.kind())).append('\n');
        }
        return text.append("data: ").append(Json.write(item.data())).append("\n\n").toString();
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\r\n\0]", " ");
    }

    private static void write(Response response, boolean last, String text) throws IOException {
        Content.Sink.write(response, last, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
