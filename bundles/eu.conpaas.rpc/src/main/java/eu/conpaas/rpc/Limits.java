package eu.conpaas.rpc;

import java.time.Duration;

/**
 * What a server bears.
 *
 * @param headerBytes largest request line and headers together
 * @param bodyBytes   largest body that is not a file
 * @param uploadBytes largest body with files
 * @param perClient   calls one client (certificate, token or else address) may have under way
 * @param connections connections in all
 * @param idle        time a connection may send or take nothing while it should
 * @param keepAlive   interval of comments on an event stream
 */
public record Limits(int headerBytes, int bodyBytes, long uploadBytes, int perClient, int connections, Duration idle, Duration keepAlive) {
    /** For a director. */
    public static final Limits DEFAULT = new Limits(16 << 10, 2 << 20, 2L << 30, 64, 2000, Duration.ofSeconds(30), Duration.ofSeconds(15));
    /** For managers and agents. */
    public static final Limits NODE = new Limits(16 << 10, 2 << 20, 64L << 30, 32, 200, Duration.ofSeconds(30), Duration.ofSeconds(15));

    public Limits withUploadBytes(long bytes) {
        return new Limits(headerBytes, bodyBytes, bytes, perClient, connections, idle, keepAlive);
    }

    public Limits withPerClient(int calls) {
        return new Limits(headerBytes, bodyBytes, uploadBytes, calls, connections, idle, keepAlive);
    }

    public Limits withIdle(Duration time) {
        return new Limits(headerBytes, bodyBytes, uploadBytes, perClient, connections, time, keepAlive);
    }

    public Limits withKeepAlive(Duration time) {
        return new Limits(headerBytes, bodyBytes, uploadBytes, perClient, connections, idle, time);
    }
}
