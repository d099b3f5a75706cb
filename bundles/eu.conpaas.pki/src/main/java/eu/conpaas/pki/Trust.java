package eu.conpaas.pki;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.function.Predicate;

import eu.conpaas.pki.internal.ChainCheck;

/**
 * What the other side's certificate must be: signed by one CA, valid now, made for its use, not revoked, and speaking for an expected
 * identity. Host names play no part.
 *
 * @param ca          the CA, or null if only its fingerprint is known
 * @param fingerprint SHA-256 of the CA certificate (hex); the other side must send that certificate in its chain
 * @param peer        whom the other side must be, see {@link Peers}
 * @param revocations what no longer counts
 */
public record Trust(X509Certificate ca, String fingerprint, Predicate<Identity> peer, Revocations revocations) {
    public Trust {
        Objects.requireNonNull(fingerprint);
        Objects.requireNonNull(peer);
        Objects.requireNonNull(revocations);
    }

    public static Trust ca(X509Certificate ca, Predicate<Identity> peer) {
        return new Trust(ca, Keys.fingerprint(ca), peer, new Revocations());
    }

    /** Trust by fingerprint alone, for the first contact. */
    public static Trust pin(String fingerprint, Predicate<Identity> peer) {
        return new Trust(null, Keys.normalise(fingerprint), peer, new Revocations());
    }

    /**
     * Whom a client speaks for that showed this chain and proved to have its key.
     *
     * @throws CertificateException with the reason if it is not to be believed
     */
    public Identity client(X509Certificate... chain) throws CertificateException {
        return ChainCheck.client(chain, this);
    }

    /**
     * Whether what {@link #client} once said of this certificate still holds.
     *
     * @throws CertificateException if it has expired or been revoked since
     */
    public void stillGood(X509Certificate certificate) throws CertificateException {
        ChainCheck.current(certificate, this);
    }

    public Trust with(Revocations revoked) {
        return new Trust(ca, fingerprint, peer, revoked);
    }

    public Trust with(Predicate<Identity> expected) {
        return new Trust(ca, fingerprint, expected, revocations);
    }
}
