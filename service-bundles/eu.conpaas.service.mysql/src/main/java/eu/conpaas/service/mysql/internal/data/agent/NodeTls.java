package eu.conpaas.service.mysql.internal.data.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.service.mysql.internal.engine.MariaServer;
import eu.conpaas.service.mysql.internal.engine.ServerTls;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the server the node's certificate, and the new one each time it has been renewed. */
public final class NodeTls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeTls.class);
    private final MariaServer server;
    private final KeyMaterial keys;
    private final Runnable renewal = this::renewed;

    /** @param keys the node's, or null where it has none: then the server offers no TLS */
    public NodeTls(MariaServer server, KeyMaterial keys) {
        this.server = server;
        this.keys = keys;
        if (keys != null) {
            keys.onReplace(renewal);
        }
    }

    /** Writes the certificate in force; before the server is started. @return whether it is another one */
    public boolean write() throws IOException {
        if (keys == null) {
            return false;
        }
        Credentials now = keys.current();
        return new ServerTls(server.place()).write(now.keyPem(), now.certificatePem(), now.caPem());
    }

    /** Connections there are go on with the old one. */
    private void renewed() {
        try {
            if (write() && server.answers()) {
                server.reloadTls();
                LOG.info("the server has the renewed certificate");
            }
        } catch (IOException | ApiException e) {
            LOG.warn("the server takes the renewed certificate when it starts again: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        if (keys != null) {
            keys.removeListener(renewal);
        }
    }
}
