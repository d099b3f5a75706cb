package eu.conpaas.node.internal;

import eu.conpaas.api.Bootstrap;
import eu.conpaas.api.NodeKind;
import eu.conpaas.pki.Identity;
import eu.conpaas.rpc.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Goes once through the life of an agent, against a director that is played, while the product is built: what is used here is in the AOT cache
 * that every node starts from. Touches one temporary folder and loopback ports that are free.
 */
final class Rehearsal {
    private static final String NODE = "rehearsal";

    private Rehearsal() {
    }

    static int run() {
        try {
            Path folder = Files.createTempDirectory("conpaas-rehearsal");
            try {
                act(folder);
            } finally {
                remove(folder);
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static void act(Path folder) throws IOException, InterruptedException {
        try (PlayedDirector director = new PlayedDirector(folder.resolve("ca"), NODE, freePort())) {
            Path own = Files.createDirectories(folder.resolve("node"));
            Path bootstrap = own.resolve("bootstrap.json");
            Files.writeString(bootstrap, Json.write(new Bootstrap(director.url(), director.fingerprint(), NODE, "token")));
            Node node = new Node(new NodeSettings(own, bootstrap, folder, "127.0.0.1", null, NODE, true), type -> new PlayedType());
            Thread thread = Thread.ofPlatform().name(NODE).start(() -> live(node));
            director.awaitHeartbeat();
            director.agent().post("configure", Map.of("epoch", 1, "role", "sleeper", "configuration", Map.of("seconds", 60)));
            director.agent().get("status", Map.of("epoch", 1));
            director.agent().get("metrics", Map.of());
            director.agent().post("release", Map.of("epoch", 1, "role", "sleeper"));
            director.awaitHeartbeat();
            node.stop();
            thread.join();
        }
    }

    private static void live(Node node) {
        try {
            node.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Identity identity(NodeKind kind) {
        return kind == NodeKind.MANAGER ? Identity.manager(1, 1, "manager") : Identity.agent(1, 1, NODE);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
