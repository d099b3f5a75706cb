package eu.conpaas.rpc.internal.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Cancellation;
import eu.conpaas.rpc.HttpCall;
import eu.conpaas.rpc.SseEvent;
import eu.conpaas.rpc.SseListener;

/** Reads an event stream and opens it again when it breaks off. */
public final class SseReader {
    private static final Duration SHORTEST = Duration.ofMillis(300);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** The server sends a comment at least every 15 s; after three missed ones it is gone. */
    private static final Duration SILENCE = Duration.ofSeconds(50);
    private static final int LONGEST_EVENT = 4 << 20;
    private final Exchanger exchanger;
    private final String base;
    private final HttpCall call;
    private final SseListener listener;
    private final Cancellation cancellation;
    private Duration pause = SHORTEST;
    private String lastId;

    public SseReader(Exchanger exchanger, String base, HttpCall call, SseListener listener, Cancellation cancellation) {
        this.exchanger = exchanger;
        this.base = base;
        this.call = call.timeout(SILENCE).header("Accept", "text/event-stream");
        this.listener = listener;
        this.cancellation = cancellation;
    }

    public void run(String after) {
        lastId = after;
        while (true) {
            if (lastId != null) {
                call.header("Last-Event-ID", lastId);
            }
            try {
                exchanger.stream(base, call, this::read);
                listener.disconnected(new eu.conpaas.api.ApiError(ErrorCode.UNAVAILABLE, "The server ended the stream of events.", ""));
            } catch (ApiException e) {
                if (!e.error().code().isRetryable()) {
                    throw e;
                }
                listener.disconnected(e.error());
            }
            cancellation.await(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
        }
    }

    private Void read(Reply reply) throws IOException {
        if (reply.isJsonAnswer()) {
            Failures.check(reply, reply.bytes());
            throw new ApiException(ErrorCode.INTERNAL, "The answer is not a stream of events.", "Compare the releases of both sides.");
        }
        listener.connected();
        pause = SHORTEST;
        BufferedReader in = new BufferedReader(new InputStreamReader(reply.stream(), StandardCharsets.UTF_8));
        String id = null;
        String kind = "message";
        StringBuilder data = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            reply.touch();
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    lastId = id == null ? lastId : id;
                    listener.event(new SseEvent(id, kind, data.substring(0, data.length() - 1)));
                }
                id = null;
                kind = "message";
                data.setLength(0);
            } else if (line.startsWith("id:")) {
                id = value(line);
            } else if (line.startsWith("event:")) {
                kind = value(line);
            } else if (line.startsWith("data:")) {
                data.append(value(line)).append('\n');
            }
            if (data.length() > LONGEST_EVENT) {
                throw new IOException("an event is larger than " + LONGEST_EVENT + " characters");
            }
        }
        return null;
    }

    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }
}
