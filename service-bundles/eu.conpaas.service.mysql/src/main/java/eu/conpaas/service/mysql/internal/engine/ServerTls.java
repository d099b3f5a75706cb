package eu.conpaas.service.mysql.internal.engine;

import eu.conpaas.service.supervise.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The server's certificate: the node's own, signed by the installation's CA, written where the server can read it. */
public final class ServerTls {
    private final ServerPlace place;

    public ServerTls(ServerPlace place) {
        this.place = place;
    }

    /**
     * Writes key, certificate and CA for the server.
     *
     * @return whether anything changed, so that a running server must be told by {@code FLUSH SSL}
     */
    public boolean write(String keyPem, String certificatePem, String caPem) throws IOException {
        boolean changed = write("ca.pem", caPem);
        changed |= write("key.pem", keyPem);
        changed |= write("cert.pem", certificatePem);
        return changed;
    }

    private boolean write(String name, String text) throws IOException {
        return AtomicFiles.write(file(name), text.getBytes(StandardCharsets.UTF_8), place.user());
    }

    /** Whether there is a certificate. */
    public boolean isThere() throws IOException {
        return java.nio.file.Files.isRegularFile(file("cert.pem"));
    }

    /** Lines of the option file; none without a certificate. */
    Map<String, String> options() throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        if (isThere()) {
            options.put("ssl-cert", file("cert.pem").toString());
            options.put("ssl-key", file("key.pem").toString());
            options.put("ssl-ca", file("ca.pem").toString());
            options.put("tls-version", "TLSv1.2,TLSv1.3");
        }
        return options;
    }

    /** Options of Galera, by which the servers of a cluster speak to nobody whose certificate is not of this CA; none without a certificate. */
    Map<String, String> between() throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        if (isThere()) {
            options.put("socket.ssl_cert", file("cert.pem").toString());
            options.put("socket.ssl_key", file("key.pem").toString());
            options.put("socket.ssl_ca", file("ca.pem").toString());
        }
        return options;
    }

    private Path file(String name) throws IOException {
        return place.folder("tls").resolve(name);
    }
}
