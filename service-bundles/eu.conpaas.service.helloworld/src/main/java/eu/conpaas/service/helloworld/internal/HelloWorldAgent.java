package eu.conpaas.service.helloworld.internal;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import eu.conpaas.service.agent.ServiceAgent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs an nginx that answers with the greeting it is configured with. */
public final class HelloWorldAgent implements ServiceAgent {
    private static final int QUIT = 3;
    private static final int HANGUP = 1;
    private static final int TIMEOUT_MS = 5000;
    private final AgentContext context;
    private final int port;

    public HelloWorldAgent(AgentContext context) {
        this(context, 8080);
    }

    HelloWorldAgent(AgentContext context, int port) {
        this.context = context;
        this.port = port;
    }

    @Override
    public List<DaemonSpec> apply(String role, Map<String, Object> configuration) {
        Path folder = context.folder().resolve("hello");
        Path settings = folder.resolve("nginx.conf");
        Path greeting = folder.resolve("www/index.html");
        Map<Path, String> files = Map.of(settings, settings(folder), greeting, configuration.get("string").toString());
        return List.of(new DaemonSpec("hello", List.of("nginx", "-p", folder.toString(), "-e", "stderr", "-c", settings.toString()), Map.of(), folder, files,
                List.of(greeting), new Readiness.Http(new InetSocketAddress(context.node().address(), port), "/", Duration.ofSeconds(10)), HANGUP, QUIT,
                Duration.ofSeconds(5), false));
    }

    /** Everything it writes stays in its folder. */
    private String settings(Path folder) {
        return """
                daemon off;
                worker_processes 1;
                error_log stderr warn;
                pid nginx.pid;
                events { worker_connections 256; }
                http {
                    access_log off;
                    server_tokens off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    server {
                        listen %s:%d;
                        root www;
                        location = /status { stub_status; allow %s; deny all; }
                    }
                }
                """.formatted(context.node().address(), port, context.node().address());
    }

    @Override
    public Map<String, Object> call(String method, Map<String, Object> arguments) throws IOException {
        if (!method.equals("hello")) {
            throw new ApiException(ErrorCode.NOT_FOUND, "method not found: " + method, "See the service's help.");
        }
        return Map.of("string", get("/").strip());
    }

    @Override
    public Map<String, Double> sample() throws IOException {
        String[] counters = get("/status").lines().skip(2).findFirst().orElse("").strip().split(" ");
        return counters.length < 3 ? Map.of() : Map.of("requests", Double.valueOf(counters[2]));
    }

    private String get(String path) throws IOException {
        URLConnection connection = URI.create("http://" + context.node().address() + ":" + port + path).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
