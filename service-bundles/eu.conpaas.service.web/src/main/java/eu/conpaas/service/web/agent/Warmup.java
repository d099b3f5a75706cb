package eu.conpaas.service.web.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Asks an engine of this node for a page before users do, so that it is compiled and its opcode cached. */
final class Warmup {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private Warmup() {
    }

    /** Status of the start page of a release. @throws IOException if the engine does not answer in time */
    static int status(String address, int port, String key, String release, Duration within) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://" + address + ":" + port + "/").toURL().openConnection();
        try {
            connection.setConnectTimeout((int) CONNECT.toMillis());
            connection.setReadTimeout((int) within.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestProperty("X-ConPaaS-Key", key);
            connection.setRequestProperty("X-ConPaaS-Version", release);
            connection.setRequestProperty("X-Real-IP", address);
            int status = connection.getResponseCode();
            try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                if (body != null) {
                    body.transferTo(java.io.OutputStream.nullOutputStream());
                }
            }
            return status;
        } finally {
            connection.disconnect();
        }
    }
}
