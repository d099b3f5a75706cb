package eu.conpaas.node.internal;

import eu.conpaas.api.Enrolment;
import eu.conpaas.api.NodeContext;
import eu.conpaas.client.NodeLink;
import eu.conpaas.pki.Credentials;
import eu.conpaas.rpc.Json;
import eu.conpaas.service.supervise.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;

/**
 * Who the node is: its key, certificate and context, kept in one file that only the node process can read, so that a crash never leaves a key without
 * its certificate.
 */
record NodeIdentity(Credentials credentials, NodeContext context) {
    private static final String FILE = "identity.json";

    /** The form on disk. */
    private record Form(String key, String certificate, String ca, NodeContext context) {
    }

    static NodeIdentity of(Enrolment.Answer answer, KeyPair keys) {
        return new NodeIdentity(NodeLink.credentials(answer, keys), answer.context());
    }

    /** The stored identity, or null if this node has none yet. */
    static NodeIdentity read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return null;
        }
        Form form = Json.read(Files.readString(file), Form.class);
        return new NodeIdentity(Credentials.of(form.key, form.certificate, form.ca), form.context);
    }

    void write(Path folder) throws IOException {
        AtomicFiles.write(folder.resolve(FILE), Json.write(new Form(credentials.keyPem(), credentials.certificatePem(), credentials.caPem(), context)));
    }
}
