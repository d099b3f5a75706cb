package eu.conpaas.pki.internal;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

import eu.conpaas.api.ApiException;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.Keys;
import eu.conpaas.pki.Trust;

/** Validates a chain first, and only then looks whom its certificate speaks for. */
public final class ChainCheck {
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

    private ChainCheck() {
    }

    public static Identity client(X509Certificate[] chain, Trust trust) throws CertificateException {
        return check(chain, CLIENT, trust);
    }

    public static Identity server(X509Certificate[] chain, Trust trust) throws CertificateException {
        return check(chain, SERVER, trust);
    }

    private static Identity check(X509Certificate[] chain, String use, Trust trust) throws CertificateException {
        if (chain == null || chain.length == 0) {
            throw new CertificateException("no certificate");
        }
        X509Certificate leaf = chain[0];
        current(leaf, trust);
        validate(leaf, anchor(chain, trust));
        List<String> uses = leaf.getExtendedKeyUsage();
        if (uses == null || !uses.contains(use)) {
            throw new CertificateException("the certificate is not made for this use");
        }
        Identity identity;
        try {
            identity = Identity.of(leaf);
        } catch (ApiException e) {
            throw new CertificateException(e.getMessage(), e);
        }
        if (!trust.peer().test(identity)) {
            throw new CertificateException("expected " + trust.peer() + ", found " + identity);
        }
        return identity;
    }

    /** Throws if the certificate is past its time or withdrawn, which may come to be at any moment. */
    public static void current(X509Certificate leaf, Trust trust) throws CertificateException {
        try {
            leaf.checkValidity();
        } catch (CertificateExpiredException e) {
            throw new CertificateException("the certificate expired at " + leaf.getNotAfter().toInstant(), e);
        }
        if (trust.revocations().contains(leaf)) {
            throw new CertificateException("the certificate has been revoked");
        }
    }

    private static X509Certificate anchor(X509Certificate[] chain, Trust trust) throws CertificateException {
        if (trust.ca() != null) {
            return trust.ca();
        }
        for (X509Certificate candidate : chain) {
            if (candidate.getBasicConstraints() >= 0 && Keys.fingerprint(candidate).equals(trust.fingerprint())) {
                return candidate;
            }
        }
        throw new CertificateException("the CA's fingerprint is not " + trust.fingerprint());
    }

    private static void validate(X509Certificate leaf, X509Certificate ca) throws CertificateException {
        try {
            ca.checkValidity();
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX").validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the certificate is not valid here: " + e.getMessage(), e);
        }
    }
}
