package eu.conpaas.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Role;
import eu.conpaas.pki.internal.Names;

class IdentityTest {
    @TempDir
    Path folder;

    @Test
    void survivesTheCertificate() throws Exception {
        CertificateAuthority ca = CertificateAuthority.create(folder);
        for (Identity identity : List.of(Identity.director("host.example.org", "info@conpaas.eu"), Identity.user(17, "jörg", "j@example.org"),
                Identity.user(18, "no mail", null), Identity.manager(17, 3, "n-1"), Identity.agent(17, 3, "n-2"))) {
            assertEquals(identity, ca.issue(identity, Duration.ofDays(1), List.of("localhost", "127.0.0.1", "::1")).identity());
        }
    }

    @Test
    void hasTheSubjectOfOldClients() throws Exception {
        CertificateAuthority ca = CertificateAuthority.create(folder);
        X509Certificate user = ca.issue(Identity.user(17, "joe", "j@example.org"), CertificateAuthority.USER_LIFE, List.of()).certificate();
        assertEquals(Map.of(Names.UID, "17", Names.SERVICE_LOCATOR, "0", Names.ROLE, "user", Names.EMAIL, "j@example.org", Names.CN, "joe",
                Names.O, "Contrail"), Names.read(user.getSubjectX500Principal()));
        X509Certificate agent = ca.issue(Identity.agent(17, 3, "n"), CertificateAuthority.NODE_LIFE, List.of()).certificate();
        assertEquals(Map.of(Names.UID, "17", Names.SERVICE_LOCATOR, "3", Names.ROLE, "agent", Names.CN, "ConPaaS", Names.O, "ConPaaS"),
                Names.read(agent.getSubjectX500Principal()));
        assertEquals(Map.of(Names.CN, "CA", Names.O, "ConPaaS", Names.EMAIL, "info@conpaas.eu"), Names.read(ca.certificate().getSubjectX500Principal()));
        assertEquals(Role.DIRECTOR, Role.of("frontend"));
        assertThrows(ApiException.class, () -> Identity.of(ca.certificate()));
    }

    @Test
    void caIsKeptAndPrivate() throws Exception {
        CertificateAuthority ca = CertificateAuthority.create(folder);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("ca_key.pem"))));
        assertThrows(IllegalStateException.class, () -> CertificateAuthority.create(folder));
        assertEquals(ca.fingerprint(), CertificateAuthority.load(folder).fingerprint());
        Credentials one = CertificateAuthority.load(folder).issue(Identity.user(1, "joe", null), Duration.ofDays(1), List.of());
        one.certificate().verify(ca.certificate().getPublicKey());
        Credentials two = ca.issue(Identity.user(1, "joe", null), Duration.ofDays(1), List.of());
        assertNotEquals(one.certificate().getSerialNumber(), two.certificate().getSerialNumber());
        assertTrue(ca.certificate().getSerialNumber().bitLength() > 64);
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), two.certificate().getExtendedKeyUsage());
    }

    @Test
    void credentialsAreFiles() throws Exception {
        CertificateAuthority ca = CertificateAuthority.create(folder.resolve("ca"));
        Credentials made = ca.issue(Identity.user(1, "joe", null), Duration.ofDays(1), List.of());
        made.write(folder.resolve("me"));
        assertEquals(made.certificate(), Credentials.read(folder.resolve("me")).certificate());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("me/key.pem"))));
        Files.writeString(folder.resolve("me/cert.pem"), "nonsense");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Credentials.read(folder.resolve("me"))).getMessage().contains("cert.pem"));
    }

    @Test
    void proofsOfPossession() {
        KeyPair pair = Keys.generate();
        String proof = Keys.sign(pair.getPrivate(), "token");
        assertTrue(Keys.verify(Keys.decode(Keys.encode(pair.getPublic())), "token", proof));
        assertFalse(Keys.verify(pair.getPublic(), "other", proof));
        assertFalse(Keys.verify(Keys.generate().getPublic(), "token", proof));
        assertFalse(Keys.verify(pair.getPublic(), "token", "%%%"));
        assertThrows(IllegalArgumentException.class, () -> Keys.decode("AAAA"));
    }
}
