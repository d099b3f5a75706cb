package eu.conpaas.tests.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of chromedriver and the one session it has. */
final class Driver implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/bin/chromedriver");
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final URI base;
    private String session;

    private Driver(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    /** Starts it on a port of its own choice. */
    static Driver start() throws IOException {
        Process process = new ProcessBuilder(PROGRAM.toString(), "--port=0").redirectErrorStream(true).start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> { }));
                return new Driver(process, URI.create("http://127.0.0.1:" + started.group(1) + "/"));
            }
        }
        process.destroyForcibly();
        throw new IOException(PROGRAM + " did not start");
    }

    void open(Map<String, ?> wanted) throws IOException {
        session = call("POST", "session", Map.of("capabilities", Map.of("alwaysMatch", wanted))).path("sessionId").asText();
    }

    JsonNode get(String path) {
        return call("GET", "session/" + session + "/" + path, null);
    }

    JsonNode post(String path, Object body) {
        return call("POST", "session/" + session + "/" + path, body);
    }

    private JsonNode call(String verb, String path, Object body) {
        try {
            HttpRequest.BodyPublisher publisher = body == null ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
            HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).timeout(LONGEST).method(verb, publisher)
                    .header("Content-Type", "application/json; charset=utf-8").build();
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode value = JSON.readTree(answer.body()).path("value");
            if (answer.statusCode() != 200) {
                throw new BrowserFailed(value.path("error").asText(), value.path("message").asText().lines().findFirst().orElse(""), null);
            }
            return value;
        } catch (IOException e) {
            throw new BrowserFailed("io", "the browser does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrowserFailed("interrupted", "interrupted", e);
        }
    }

    /** Between two looks. */
    static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }

    @Override
    public void close() throws IOException {
        try {
            if (session != null) {
                call("DELETE", "session/" + session, null);
            }
        } finally {
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            http.close();
        }
    }
}
