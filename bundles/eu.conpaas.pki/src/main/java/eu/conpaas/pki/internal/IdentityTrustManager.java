package eu.conpaas.pki.internal;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

import eu.conpaas.api.ApiException;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.Keys;
import eu.conpaas.pki.Trust;

/** Validates the chain first, and only then looks whom the certificate speaks for. */
public final class IdentityTrustManager extends X509ExtendedTrustManager {
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private final Trust trust;

    public IdentityTrustManager(Trust trust) {
        this.trust = trust;
    }

    private void check(X509Certificate[] chain, String use) throws CertificateException {
        if (chain == null || chain.length == 0) {
            throw new CertificateException("no certificate");
        }
        X509Certificate leaf = chain[0];
        validate(leaf, anchor(chain));
        List<String> uses = leaf.getExtendedKeyUsage();
        if (uses == null || !uses.contains(use)) {
            throw new CertificateException("the certificate is not made for this use");
        }
        if (trust.revocations().contains(leaf)) {
            throw new CertificateException("the certificate has been revoked");
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
    }

    private X509Certificate anchor(X509Certificate[] chain) throws CertificateException {
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

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, CLIENT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, SERVER);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, CLIENT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, SERVER);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, CLIENT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, SERVER);
    }

    /** Empty: any client may try, and the issuer's name would tell nothing. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
