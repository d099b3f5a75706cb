package eu.conpaas.pki;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

import eu.conpaas.pki.internal.ChainCheck;
import eu.conpaas.pki.internal.SwappableKeyManager;

/** TLS contexts of servers and clients: version 1.3, or 1.2 where the other side has no better. */
public final class Tls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private Tls() {
    }

    /** Versions to enable on engines and sockets, best first. */
    public static String[] protocols() {
        return PROTOCOLS.clone();
    }

    /**
     * For a server; that it wants a client certificate is set on the engine. The handshake only proves that a client has the key of the
     * certificate it shows: what that certificate is worth must be asked of {@link Trust#client} before it is believed. A refusal within
     * the handshake would reach a client of TLS 1.3 after its side of the handshake is over, thus often as a broken connection
     * without a reason.
     */
    public static SSLContext server(KeyMaterial keys) {
        return context(keys, new PeerCheck() {
            @Override
            protected void checkServer(X509Certificate[] chain) throws CertificateException {
                throw new CertificateException("not a client");
            }

            @Override
            protected void checkClient(X509Certificate[] chain) {
                // Judged later, where there is an answer to say why.
            }
        });
    }

    /**
     * For a client. After {@link KeyMaterial#replace} no old session is resumed, so the other side sees the new certificate.
     */
    public static SSLContext client(KeyMaterial keys, Trust trust) {
        SSLContext context = context(keys, new PeerCheck() {
            @Override
            protected void checkServer(X509Certificate[] chain) throws CertificateException {
                ChainCheck.server(chain, trust);
            }
        });
        keys.onReplace(() -> forgetSessions(context));
        return context;
    }

    private static void forgetSessions(SSLContext context) {
        var sessions = context.getClientSessionContext();
        for (var ids = sessions.getIds(); ids.hasMoreElements();) {
            var session = sessions.getSession(ids.nextElement());
            if (session != null) {
                session.invalidate();
            }
        }
    }

    private static SSLContext context(KeyMaterial keys, TrustManager check) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new SwappableKeyManager(keys)}, new TrustManager[] {check}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }
}
