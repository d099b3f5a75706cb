package eu.conpaas.pki;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** A trust manager that asks two questions only, however the connection is made. Host names play no part. */
public abstract class PeerCheck extends X509ExtendedTrustManager {
    /** Returns if the server that shows this chain is to be talked to. */
    protected abstract void checkServer(X509Certificate[] chain) throws CertificateException;

    /** Returns if the client that shows this chain is to be listened to; refuses by default. */
    protected void checkClient(X509Certificate[] chain) throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        checkServer(chain);
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkServer(chain);
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkServer(chain);
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        checkClient(chain);
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClient(chain);
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkClient(chain);
    }

    /** Empty: any client may try, and the issuer's name would tell nothing. */
    @Override
    public final X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
