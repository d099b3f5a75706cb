package eu.conpaas.service.mysql.internal.data.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.pki.CertificateAuthority;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.service.mysql.internal.engine.Accounts;
import eu.conpaas.service.mysql.internal.engine.DatabaseNode;
import eu.conpaas.service.mysql.internal.engine.MariaServer;
import eu.conpaas.service.mysql.internal.engine.PasswordHash;
import eu.conpaas.service.mysql.internal.engine.Program;
import eu.conpaas.service.mysql.internal.engine.ServerConfig;
import eu.conpaas.service.mysql.internal.engine.ServerPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node's certificate in the real server, renewed while it runs. */
class NodeTlsTest {
    @TempDir
    private Path base;

    @Test
    void clientsMeetTheNodesCertificateAndItsSuccessor() throws Exception {
        base.toFile().setExecutable(true, false);
        base.toFile().setReadable(true, false);
        CertificateAuthority ca = CertificateAuthority.create(Files.createDirectory(base.resolve("ca")));
        Identity identity = Identity.agent(1, 1, "n1");
        KeyMaterial keys = new KeyMaterial(ca.issue(identity, Duration.ofDays(2), List.of()));
        Path trusted = Files.writeString(base.resolve("ca.pem"), keys.current().caPem());
        try (DatabaseNode node = new DatabaseNode("n1", base, null)) {
            MariaServer server = new MariaServer(new ServerPlace(node));
            try (NodeTls tls = new NodeTls(server, keys)) {
                assertTrue(tls.write());
                node.server(new ServerConfig(1, Map.of(), Map.of()));
                server.sql().run("SET GLOBAL read_only = 0");
                server.sql().run(Accounts.user(Accounts.USER, PasswordHash.of("swordfish1")));
                long pid = node.supervisor().pid(MariaServer.DAEMON).orElseThrow();
                String first = certificateEnd(node, trusted);
                keys.replace(ca.issue(identity, Duration.ofDays(9), List.of()));
                String second = certificateEnd(node, trusted);
                assertNotEquals(first, second, "new connections meet the new certificate");
                assertEquals(pid, node.supervisor().pid(MariaServer.DAEMON).orElseThrow());
            }
        }
    }

    /** When the certificate ends that the server shows to a client that trusts this CA alone. */
    private String certificateEnd(DatabaseNode node, Path trusted) throws IOException {
        Path options = Files.writeString(base.resolve("client.cnf"), "[client]\npassword=swordfish1\n");
        return new Program(List.of(ServerPlace.program("mariadb"), "--defaults-extra-file=" + options, "--host=" + node.node().address(), "--user=" + Accounts.USER,
                "--ssl", "--ssl-ca=" + trusted, "--batch", "--skip-column-names")).input("SHOW STATUS LIKE 'Ssl_server_not_after'").text();
    }
}
