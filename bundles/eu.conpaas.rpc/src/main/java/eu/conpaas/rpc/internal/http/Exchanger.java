package eu.conpaas.rpc.internal.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.util.Timeout;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.Cancellation;
import eu.conpaas.rpc.HttpCall;

/** Carries out calls: deadlines, cancelling, repeating, and typed errors. */
public final class Exchanger implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private final Connections connections;
    private final Duration timeout;
    private final int retries;
    private final Supplier<String> token;

    public Exchanger(KeyMaterial keys, Trust trust, Duration connect, Duration timeout, int perServer, int retries, Supplier<String> token) {
        this.connections = new Connections(keys, trust, connect, perServer);
        this.timeout = timeout;
        this.retries = retries;
        this.token = token;
    }

    /** Reads an answer. */
    public interface Reader<T> {
        T read(Reply reply) throws IOException;
    }

    /** A call whose deadline is for all of it, or, with files, for each pause. */
    public <T> T exchange(String base, HttpCall call, Reader<T> reader) {
        return retried(base, call.parts(), reader);
    }

    /** A call whose deadline is for each pause, since the answer may be large. It is never repeated once bytes have come. */
    public <T> T stream(String base, HttpCall call, Reader<T> reader) {
        return retried(base, call.parts(), reply -> {
            try {
                return reader.read(reply);
            } catch (IOException e) {
                throw new Begun(e);
            }
        });
    }

    /** The answer broke off after it had begun. */
    private static final class Begun extends IOException {
        private static final long serialVersionUID = 1L;

        Begun(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private <T> T retried(String base, HttpCall.Parts call, Reader<T> reader) {
        Cancellation cancellation = call.cancellation() == null ? new Cancellation() : call.cancellation();
        Duration pause = FIRST_PAUSE;
        for (int left = retries;; left--) {
            try {
                return once(base, call, cancellation, reader);
            } catch (ApiException e) {
                boolean begun = e.getCause() instanceof Begun;
                if (left <= 0 || begun || !call.idempotent() || e.error().code() != ErrorCode.UNAVAILABLE) {
                    throw e;
                }
            }
            cancellation.await(pause);
            pause = pause.multipliedBy(3);
        }
    }

    private <T> T once(String base, HttpCall.Parts call, Cancellation cancellation, Reader<T> reader) {
        if (cancellation.isCancelled()) {
            throw new CancellationException("cancelled");
        }
        Duration time = call.timeout() == null ? timeout : call.timeout();
        String query = Bodies.encode(call.query());
        HttpUriRequestBase request = new HttpUriRequestBase(call.verb(), URI.create(base + call.path() + (query.isEmpty() ? "" : "?" + query)));
        Runnable abort = request::cancel;
        cancellation.onCancel(abort);
        try (Deadline deadline = Deadline.start(time, abort)) {
            prepare(request, call, time, deadline);
            try {
                return connections.client().execute(request, response -> reader.read(new Reply(response, deadline, call.progress())));
            } catch (IOException | IllegalStateException e) {
                IOException io = e instanceof IOException i ? i : new IOException(e);
                if (cancellation.isCancelled() || Failures.isInterrupt(io)) {
                    throw (CancellationException) new CancellationException("cancelled").initCause(e);
                }
                throw deadline.hasPassed() ? Failures.timeout(base, io) : failure(base, io);
            }
        } finally {
            cancellation.remove(abort);
        }
    }

    private static ApiException failure(String base, IOException e) {
        if (e instanceof Begun) {
            ApiException typed = Failures.of((IOException) e.getCause(), base);
            return new ApiException(typed.error().code(), typed.error().cause(), typed.error().next(), e);
        }
        return Failures.of(e, base);
    }

    private void prepare(HttpUriRequestBase request, HttpCall.Parts call, Duration time, Deadline deadline) {
        call.headers().forEach(request::setHeader);
        String bearer = token.get();
        if (bearer != null) {
            request.setHeader("Authorization", "Bearer " + bearer);
        }
        long total = size(call);
        boolean large = !call.files().isEmpty();
        var entity = Bodies.of(call, done -> {
            deadline.touch();
            call.progress().moved(Math.min(done, total), total);
        });
        request.setEntity(entity);
        // A refusal then comes before the file is sent, instead of as a broken pipe in the midst of it.
        request.setConfig(RequestConfig.custom().setResponseTimeout(Timeout.of(time)).setConnectionRequestTimeout(Timeout.of(time))
                .setAuthenticationEnabled(false).setExpectContinueEnabled(large).build());
    }

    private static long size(HttpCall.Parts call) {
        long size = 0;
        for (Path file : call.files().values()) {
            try {
                size += Files.size(file);
            } catch (IOException e) {
                throw new ApiException(ErrorCode.BAD_REQUEST, "Cannot read " + file + ".", "Make sure that it is there and readable.", e);
            }
        }
        return size;
    }

    @Override
    public void close() {
        connections.close();
    }
}
