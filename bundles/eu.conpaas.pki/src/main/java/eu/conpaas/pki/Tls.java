package eu.conpaas.pki;

import java.security.GeneralSecurityException;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

import eu.conpaas.pki.internal.SwappableKeyManager;
import eu.conpaas.pki.internal.IdentityTrustManager;

/** TLS contexts of servers and clients: version 1.3, or 1.2 where the other side has no better. */
public final class Tls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private Tls() {
    }

    /** Versions to enable on engines and sockets, best first. */
    public static String[] protocols() {
        return PROTOCOLS.clone();
    }

    /** For a server; whether a client certificate is wanted or needed is set on the engine. */
    public static SSLContext server(KeyMaterial keys, Trust trust) {
        return context(keys, trust);
    }

    /**
     * For a client. After {@link KeyMaterial#replace} no old session is resumed, so the other side sees the new certificate.
     */
    public static SSLContext client(KeyMaterial keys, Trust trust) {
        SSLContext context = context(keys, trust);
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

    private static SSLContext context(KeyMaterial keys, Trust trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new SwappableKeyManager(keys)}, new TrustManager[] {new IdentityTrustManager(trust)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }
}
