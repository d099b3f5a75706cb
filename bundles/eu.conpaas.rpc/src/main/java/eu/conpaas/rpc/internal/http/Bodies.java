package eu.conpaas.rpc.internal.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

import eu.conpaas.rpc.HttpCall;
import eu.conpaas.rpc.Json;

/** Makes the bodies of calls. */
final class Bodies {
    private static final ContentType TEXT = ContentType.create("text/plain", StandardCharsets.UTF_8);
    private static final ContentType FORM = ContentType.create("application/x-www-form-urlencoded", StandardCharsets.UTF_8);

    private Bodies() {
    }

    /** {@code a=b&c=d}, or empty. */
    static String encode(Map<String, String> pairs) {
        return pairs.entrySet().stream().map(e -> encode(e.getKey()) + "=" + encode(e.getValue())).collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The body, or null. {@code moved} is told of each byte count that left. */
    static HttpEntity of(HttpCall.Parts call, LongConsumer moved) {
        if (!call.files().isEmpty()) {
            MultipartEntityBuilder builder = MultipartEntityBuilder.create().setMode(HttpMultipartMode.LEGACY).setCharset(StandardCharsets.UTF_8);
            call.fields().forEach((name, value) -> builder.addTextBody(name, value, TEXT));
            call.files().forEach((name, file) -> builder.addBinaryBody(name, file.toFile(), ContentType.APPLICATION_OCTET_STREAM,
                    call.filenames().get(name)));
            return new Counted(builder.build(), moved);
        } else if (call.isJson()) {
            return new ByteArrayEntity(Json.bytes(call.json()), ContentType.APPLICATION_JSON);
        } else if (call.isForm()) {
            return new ByteArrayEntity(encode(call.fields()).getBytes(StandardCharsets.US_ASCII), FORM);
        }
        return null;
    }

    private static final class Counted extends HttpEntityWrapper {
        private final LongConsumer moved;

        Counted(HttpEntity inner, LongConsumer moved) {
            super(inner);
            this.moved = moved;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            super.writeTo(new OutputStream() {
                private long done;

                @Override
                public void write(int b) throws IOException {
                    out.write(b);
                    moved.accept(++done);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    out.write(bytes, from, length);
                    done += length;
                    moved.accept(done);
                }

                @Override
                public void flush() throws IOException {
                    out.flush();
                }
            });
        }
    }
}
