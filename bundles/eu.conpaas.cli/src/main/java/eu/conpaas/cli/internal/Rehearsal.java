package eu.conpaas.cli.internal;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ServiceDetail;
import eu.conpaas.api.ServiceView;
import eu.conpaas.cli.internal.io.Terminal;
import eu.conpaas.client.Connection;
import eu.conpaas.client.Director;
import eu.conpaas.rpc.Json;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the product's training run does beside its command, so that the start-up cache holds what commands usually need. */
public final class Rehearsal {
    /** A port nobody listens on. */
    private static final String NOBODY = "https://127.0.0.1:1";
    private static final int FINGERPRINT = 64;

    private Rehearsal() {
    }

    /** Prints and stores nothing. */
    public static void run() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Stream.of(List.of("help", "php"), List.of("create", "-h"), List.of("completion", "bash")).forEach(words -> {
            try (Cli cli = new Cli(Terminal.of(InputStream.nullInputStream(), nowhere, nowhere, Map.of(), false))) {
                cli.run(words.toArray(String[]::new));
            }
        });
        List.of(ServiceView.class, ServiceDetail.class).forEach(type -> Json.mapper().readerFor(type));
        Connection connection = Connection.to(NOBODY).pin("0".repeat(FINGERPRINT)).timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1));
        try (Director director = connection.director()) {
            director.version();
        } catch (ApiException e) {
            nowhere.println(e);
        }
    }
}
