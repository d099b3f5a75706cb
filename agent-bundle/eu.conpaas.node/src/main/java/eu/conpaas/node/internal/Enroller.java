package eu.conpaas.node.internal;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Bootstrap;
import eu.conpaas.api.Enrolment;
import eu.conpaas.api.Protocol;
import eu.conpaas.client.Connection;
import eu.conpaas.client.NodeLink;
import eu.conpaas.pki.Keys;
import eu.conpaas.pki.Pem;
import eu.conpaas.rpc.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the one-time token of the bootstrap document into the node's identity, however long the director is away. */
final class Enroller {
    private static final Logger LOG = LoggerFactory.getLogger(Enroller.class);
    private static final long LONGEST_PAUSE_MS = 5000;
    private final NodeSettings settings;
    private final Path secret;

    Enroller(NodeSettings settings, Path secret) {
        this.settings = settings;
        this.secret = secret;
    }

    NodeIdentity identity() throws IOException, InterruptedException {
        NodeIdentity stored = NodeIdentity.read(secret);
        if (stored != null) {
            return stored;
        }
        Bootstrap bootstrap = Json.read(Files.readString(settings.bootstrap()), Bootstrap.class);
        KeyPair keys = keys();
        try (NodeLink link = Connection.to(bootstrap.director()).pin(bootstrap.fingerprint()).nodeLink()) {
            long pause = 50;
            while (true) {
                try {
                    Enrolment.Answer answer = link.enrol(bootstrap.node(), bootstrap.token(), keys, settings.address(bootstrap.director()), Protocol.VERSION,
                            Release.text());
                    NodeIdentity identity = NodeIdentity.of(answer, keys);
                    identity.write(secret);
                    Files.deleteIfExists(keyFile());
                    Files.deleteIfExists(publicFile());
                    return identity;
                } catch (ApiException e) {
                    LOG.warn("not enrolled yet: {}", e.getMessage());
                }
                Thread.sleep(pause);
                pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
            }
        }
    }

    /** The key is stored before the token is spent, so that a node killed in between can ask again with the same one. */
    private KeyPair keys() throws IOException {
        if (Files.exists(keyFile()) && Files.exists(publicFile())) {
            return new KeyPair(Keys.decode(Files.readString(publicFile()).strip()), Pem.readKey(keyFile()));
        }
        KeyPair keys = Keys.generate();
        Pem.writePrivate(keyFile(), Pem.write(keys.getPrivate()));
        Pem.writePrivate(publicFile(), Keys.encode(keys.getPublic()));
        return keys;
    }

    private Path keyFile() {
        return secret.resolve("enrolment-key.pem");
    }

    private Path publicFile() {
        return secret.resolve("enrolment-key.pub");
    }
}
