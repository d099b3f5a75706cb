package eu.conpaas.tests.load;

import java.time.Duration;
import java.util.Map;

/**
 * One kind of request, sent at a fixed rate.
 *
 * @param name      shown in the figures
 * @param method    GET, POST, …
 * @param path      with query
 * @param headers   beyond Host, Connection and Content-Length
 * @param body      sent, or empty
 * @param rate      requests a second, independent of the answers
 * @param keepAlive whether connections are used again; otherwise each request has a fresh one
 * @param timeout   for the whole answer
 * @param check     of the answer's body
 */
public record Shape(String name, String method, String path, Map<String, String> headers, byte[] body, double rate, boolean keepAlive,
        Duration timeout, BodyCheck check) {
    public Shape {
        headers = Map.copyOf(headers);
        if (rate <= 0 || rate > 5000) {
            throw new IllegalArgumentException("rate " + rate + " is not in 0..5000 requests a second");
        }
    }

    /** A GET with 30 s to answer. */
    public static Shape get(String name, String path, double rate, boolean keepAlive, BodyCheck check) {
        return new Shape(name, "GET", path, Map.of(), new byte[0], rate, keepAlive, Duration.ofSeconds(30), check);
    }

    /** A POST with 60 s to answer; never repeated by anybody. */
    public static Shape post(String name, String path, byte[] body, double rate, boolean keepAlive, BodyCheck check) {
        return new Shape(name, "POST", path, Map.of("Content-Type", "application/octet-stream"), body, rate, keepAlive,
                Duration.ofSeconds(60), check);
    }

    public Shape withRate(double newRate) {
        return new Shape(name, method, path, headers, body, newRate, keepAlive, timeout, check);
    }
}
