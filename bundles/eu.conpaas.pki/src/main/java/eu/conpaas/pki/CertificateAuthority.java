package eu.conpaas.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Role;
import eu.conpaas.pki.internal.CertificateMaker;

/**
 * The private CA of an installation: the only class that needs Bouncy Castle, so it lives in the director alone. Thread-safe.
 * <p>
 * EC P-256 keys, SHA-256 signatures, random 128-bit serial numbers. Files {@code ca_cert.pem} and {@code ca_key.pem}, mode 0600.
 */
public final class CertificateAuthority {
    /** Validity of the CA's own certificate. */
    public static final Duration LIFE = Duration.ofDays(3652);
    /** Validity of user certificates. */
    public static final Duration USER_LIFE = Duration.ofDays(365);
    /** Validity of the certificates of managers and agents, which renew themselves. */
    public static final Duration NODE_LIFE = Duration.ofDays(7);
    private static final String CERTIFICATE_FILE = "ca_cert.pem";
    private static final String KEY_FILE = "ca_key.pem";
    private final X509Certificate certificate;
    private final PrivateKey key;

    private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    public static boolean exists(Path folder) {
        return Files.exists(folder.resolve(KEY_FILE));
    }

    /**
     * Makes a new CA and writes its files; the folder is made.
     *
     * @throws IllegalStateException if the folder holds one: replacing it would void every certificate
     */
    public static CertificateAuthority create(Path folder) throws IOException {
        if (exists(folder)) {
            throw new IllegalStateException("there is a CA in " + folder);
        }
        KeyPair pair = Keys.generate();
        X509Certificate certificate = CertificateMaker.authority(pair, LIFE);
        Files.createDirectories(folder);
        Pem.writePrivate(folder.resolve(CERTIFICATE_FILE), Pem.write(certificate));
        Pem.writePrivate(folder.resolve(KEY_FILE), Pem.write(pair.getPrivate()));
        return new CertificateAuthority(certificate, pair.getPrivate());
    }

    /** @throws IllegalArgumentException naming the file, if one is malformed */
    public static CertificateAuthority load(Path folder) throws IOException {
        return new CertificateAuthority(Pem.readCertificate(folder.resolve(CERTIFICATE_FILE)), Pem.readKey(folder.resolve(KEY_FILE)));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** SHA-256 of the CA certificate, hex. */
    public String fingerprint() {
        return Keys.fingerprint(certificate);
    }

    /**
     * Issues a certificate. The subject comes from the identity alone, never from the requester.
     *
     * @param validity how long from now; cut at the CA's own end
     * @param names    host names and IP addresses for the subject alternative names, so that browsers can check the director's; may be empty
     * @throws ApiException INVALID_ARGUMENT if the identity is a user with a reserved or malformed name
     */
    public X509Certificate issue(Identity identity, PublicKey publicKey, Duration validity, List<String> names) {
        if (identity.role() == Role.USER && (Identity.isReserved(identity.name()) || !identity.name().matches("[^\\p{Cntrl}]{1,80}"))) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "No user can be called \"" + identity.name().replaceAll("\\p{Cntrl}", "?") + "\".",
                    "Choose another user name.");
        }
        return CertificateMaker.issue(certificate, key, identity, publicKey, validity, names);
    }

    /** Issues a certificate for a key pair made here. */
    public Credentials issue(Identity identity, Duration validity, List<String> names) {
        KeyPair pair = Keys.generate();
        return new Credentials(pair.getPrivate(), issue(identity, pair.getPublic(), validity, names), certificate);
    }
}
