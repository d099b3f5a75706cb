package eu.conpaas.director.internal.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import eu.conpaas.api.NodeKind;
import eu.conpaas.director.internal.account.User;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.pki.CertificateAuthority;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.Revocations;

/** Issues certificates, remembers each by its serial number, and revokes them when their reason ends. */
public final class Certificates {
    private final Database database;
    private final CertificateAuthority authority;
    private final Clock clock;
    private final Duration nodeLife;
    private final Revocations revocations;

    public Certificates(Database database, Path folder, Clock clock, Duration nodeLife) {
        this.database = database;
        this.clock = clock;
        this.nodeLife = nodeLife;
        try {
            this.authority = CertificateAuthority.load(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the CA cannot be read; run 'director init'", e);
        }
        this.revocations = new Revocations(database.read(s -> s.list("SELECT serial FROM revocation", r -> new BigInteger(r.text("serial"), 16))));
    }

    public Revocations revocations() {
        return revocations;
    }

    public X509Certificate ca() {
        return authority.certificate();
    }

    public String fingerprint() {
        return authority.fingerprint();
    }

    /** A new key and certificate for a user, good for a year. */
    public Credentials issueUser(User user) {
        Credentials credentials = authority.issue(Identity.user(user.uid(), user.username(), user.email()), CertificateAuthority.USER_LIFE, List.of());
        remember(credentials.certificate(), user.uid(), null);
        return credentials;
    }

    /** A certificate for a node's own key, good for days. */
    public X509Certificate issueNode(Node node, PublicKey key) {
        Identity identity = node.kind() == NodeKind.MANAGER ? Identity.manager(node.tenant(), node.sid(), node.id()) : Identity.agent(node.tenant(), node.sid(), node.id());
        X509Certificate certificate = authority.issue(identity, key, nodeLife, List.of());
        remember(certificate, node.tenant(), node.id());
        return certificate;
    }

    private void remember(X509Certificate certificate, long uid, String node) {
        database.write(s -> s.run("INSERT INTO certificate (serial, uid, node, expires) VALUES (?, ?, ?, ?)", serial(certificate), uid, node,
                certificate.getNotAfter().toInstant()));
    }

    /** Whether less than half of its life is left. */
    public boolean isDueForRenewal(X509Certificate certificate) {
        return clock.instant().plus(nodeLife.dividedBy(2)).isAfter(certificate.getNotAfter().toInstant());
    }

    /** Makes all certificates of a node void. */
    public void revokeNode(String node) {
        database.write(s -> {
            revoke(s, s.list("SELECT serial FROM certificate WHERE node = ?", r -> r.text("serial"), node), "node " + node + " ended");
            return null;
        });
    }

    /** Makes all certificates of a user itself void; those of its nodes stay good. */
    public void revokeUser(Session s, long uid, String reason) {
        revoke(s, s.list("SELECT serial FROM certificate WHERE uid = ? AND node IS NULL", r -> r.text("serial"), uid), reason);
    }

    private void revoke(Session s, List<String> serials, String reason) {
        for (String serial : serials) {
            s.run("INSERT INTO revocation (serial, time, expires, reason) SELECT serial, ?, expires, ? FROM certificate WHERE serial = ? ON CONFLICT DO NOTHING",
                    clock.instant(), reason, serial);
            s.afterCommit(() -> revocations.add(new BigInteger(serial, 16)));
        }
    }

    /** Forgets what has expired anyway. */
    public void tidy() {
        Instant now = clock.instant();
        List<String> expired = database.write(s -> {
            List<String> serials = s.list("SELECT serial FROM revocation WHERE expires < ?", r -> r.text("serial"), now);
            s.run("DELETE FROM revocation WHERE expires < ?", now);
            s.run("DELETE FROM certificate WHERE expires < ?", now);
            s.run("DELETE FROM token WHERE expires < ?", now);
            s.run("DELETE FROM password_right WHERE expires < ?", now);
            return serials;
        });
        expired.forEach(serial -> revocations.forget(new BigInteger(serial, 16)));
    }

    private static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }
}
