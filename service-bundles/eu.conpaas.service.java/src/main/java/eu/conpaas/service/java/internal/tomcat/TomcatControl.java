package eu.conpaas.service.java.internal.tomcat;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tells a running Tomcat to look at the list of releases again. */
final class TomcatControl {
    private static final int CONNECT = 5_000;
    /** Applications may take long to start, in milliseconds. */
    private static final int ANSWER = 240_000;
    private static final int CONFLICT = 409;
    private final String address;
    private final int port;
    private final String secret;

    TomcatControl(String address, int port, String secret) {
        this.address = address;
        this.port = port;
        this.secret = secret;
    }

    /** @return lines that say what did not start; none too if no Tomcat runs. @throws IOException if it does not answer in time */
    List<String> reconcile() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://" + address + ":" + port + "/.conpaas/releases").toURL().openConnection();
        try {
            connection.setConnectTimeout(CONNECT);
            connection.setReadTimeout(ANSWER);
            connection.setUseCaches(false);
            connection.setRequestProperty("X-ConPaaS-Control", secret);
            int status = connection.getResponseCode();
            try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
                if (status != HttpURLConnection.HTTP_OK && status != CONFLICT) {
                    throw new IOException("Tomcat answered " + status + " when told of its releases");
                }
                return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
            }
        } catch (ConnectException e) {
            return List.of();
        } finally {
            connection.disconnect();
        }
    }
}
