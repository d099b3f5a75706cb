package eu.conpaas.rpc;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.internal.http.Exchanger;
import eu.conpaas.rpc.internal.http.Failures;
import eu.conpaas.rpc.internal.http.SseReader;

/**
 * An HTTPS client with deadlines everywhere. It opens connections when first used and shares them between its views ({@link #at}).
 * Thread-safe; each call blocks its thread.
 * <p>
 * All calls fail with {@link ApiException}: what the other side said, or UNAVAILABLE (not reached, connection broken), TIMEOUT
 * (no answer in time), NOT_AUTHENTICATED (one side's certificate was not accepted by the other); or with
 * {@link java.util.concurrent.CancellationException}.
 */
public final class HttpRpc implements AutoCloseable {
    private final Exchanger exchanger;
    private final String base;

    private HttpRpc(Exchanger exchanger, String base) {
        this.exchanger = exchanger;
        this.base = base;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The same client for another server, whose certificate must satisfy the same {@link Trust}. */
    public HttpRpc at(String otherBase) {
        return new HttpRpc(exchanger, normalise(otherBase));
    }

    /** URL of the server, without slash at the end. */
    public String base() {
        return base;
    }

    /** Makes the call and reads its JSON result; null for an empty one. */
    public <T> T call(HttpCall call, Class<T> type) {
        return read(call, Json.mapper().constructType(type));
    }

    /** Makes the call and reads its JSON result, for types with arguments ({@link Json#listOf}). */
    public <T> T call(HttpCall call, JavaType type) {
        return read(call, type);
    }

    /** Makes the call and reads its JSON result. */
    public JsonNode tree(HttpCall call) {
        return call(call, JsonNode.class);
    }

    /** Makes the call; its result does not matter. */
    public void run(HttpCall call) {
        bytes(call);
    }

    /** Makes the call and reads its result as UTF-8 text. */
    public String text(HttpCall call) {
        return new String(bytes(call), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Makes the call and reads its result whole, at most 64 MiB. */
    public byte[] bytes(HttpCall call) {
        return exchanger.exchange(base, call, reply -> {
            byte[] body = reply.bytes();
            Failures.check(reply, body);
            return body;
        });
    }

    /** Streams the result into a file, which is replaced only once all of it is there. */
    public void download(HttpCall call, Path target) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                download(call, out);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "Cannot write " + target + ": " + e.getMessage() + ".", "Choose another place.", e);
        } finally {
            deleteQuietly(part);
        }
    }

    /**
     * Streams the result into {@code part} and goes on where an earlier attempt ended, if the server still has the same content; repeats by itself
     * while that brings the transfer forward.
     *
     * @param tag what the server calls the content ({@link Download.Ranged#tag()})
     */
    public void resume(HttpCall call, Path part, String tag) {
        Resumption.run(this, call, part, tag);
    }

    /** Its name is in no other bundle's code, which would else have to import the packages of its arguments. */
    <T> T readPieces(HttpCall call, Exchanger.Reader<T> reader) {
        return exchanger.stream(base, call, reader);
    }

    /** Streams the result; the stream is not closed. @return bytes */
    public long download(HttpCall call, OutputStream out) {
        return exchanger.stream(base, call, reply -> {
            if (reply.isJsonAnswer()) {
                throw Failures.notAFile(reply, reply.bytes());
            }
            return reply.copyTo(out);
        });
    }

    /**
     * Reads a stream of events for as long as it takes: reconnects with growing pauses when it breaks off, from the last event on.
     *
     * @param lastId id after which to begin, or null
     * @throws ApiException                                if the server refuses for good (not authenticated, forbidden, not found, …)
     * @throws java.util.concurrent.CancellationException when cancelled
     */
    public void events(HttpCall call, String lastId, SseListener listener, Cancellation cancellation) {
        new SseReader(exchanger, base, call.cancellation(cancellation), listener, cancellation).run(lastId);
    }

    private <T> T read(HttpCall call, JavaType type) {
        byte[] body = bytes(call);
        if (body.length == 0) {
            return null;
        }
        try {
            return Json.read(body, type);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.INTERNAL, "The answer to " + call + " is not what was expected.",
                    "Compare the releases of both sides.", e);
        }
    }

    /** Closes all connections, also those of the other views. */
    @Override
    public void close() {
        exchanger.close();
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    private static String normalise(String url) {
        URI uri = URI.create(url);
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("an address looks like https://host:port, not \"" + url + "\"");
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Settings of a client. */
    public static final class Builder {
        private String base = "https://localhost";
        private KeyMaterial keys = KeyMaterial.none();
        private Trust trust;
        private Duration connect = Duration.ofSeconds(5);
        private Duration timeout = Duration.ofSeconds(30);
        private int connections = 8;
        private int retries = 2;
        private Supplier<String> token = () -> null;

        private Builder() {
        }

        /** {@code https://host:port}. */
        public Builder base(String url) {
            base = normalise(url);
            return this;
        }

        /** The client's own key; none by default. */
        public Builder keys(KeyMaterial material) {
            keys = material;
            return this;
        }

        /** Whom the servers must be. */
        public Builder trust(Trust newTrust) {
            trust = newTrust;
            return this;
        }

        /** Longest time for a connection to be made; default 5 s. */
        public Builder connectTimeout(Duration time) {
            connect = time;
            return this;
        }

        /** Longest time for a call in all; with files the longest time without progress. Default 30 s. */
        public Builder timeout(Duration time) {
            timeout = time;
            return this;
        }

        /** Connections to one server at once; default 8. */
        public Builder connections(int most) {
            connections = most;
            return this;
        }

        /** How often an idempotent call is repeated when the connection fails; default 2. */
        public Builder retries(int times) {
            retries = times;
            return this;
        }

        /** A bearer token to send with each call, or null for none; asked anew each time. */
        public Builder token(Supplier<String> supplier) {
            token = supplier;
            return this;
        }

        public HttpRpc build() {
            Objects.requireNonNull(trust, "trust");
            return new HttpRpc(new Exchanger(keys, trust, connect, timeout, connections, retries, token), base);
        }
    }
}
