package eu.conpaas.service.agent;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/** How to find out that a daemon answers. */
public sealed interface Readiness {
    /** How long it may take to become ready. */
    Duration within();

    /** A TCP connection is accepted. */
    record Tcp(InetSocketAddress address, Duration within) implements Readiness {
    }

    /** A unix socket accepts a connection. */
    record Unix(Path socket, Duration within) implements Readiness {
    }

    /** {@code GET} of the path answers with a status below 400. */
    record Http(InetSocketAddress address, String path, Duration within) implements Readiness {
    }

    /** It is enough that it runs. */
    record Alive(Duration within) implements Readiness {
    }
}
