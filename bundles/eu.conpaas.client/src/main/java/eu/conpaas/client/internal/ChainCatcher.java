package eu.conpaas.client.internal;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import eu.conpaas.pki.PeerCheck;

/** Notes the chain a server shows and then refuses it, so that no connection can come of it. */
public final class ChainCatcher extends PeerCheck {
    private volatile X509Certificate[] chain;

    /** The chain, or null if the handshake did not get that far. */
    public X509Certificate[] chain() {
        return chain;
    }

    @Override
    protected void checkServer(X509Certificate[] shown) throws CertificateException {
        chain = shown.clone();
        throw new CertificateException("only looking");
    }
}
