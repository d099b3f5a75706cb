package eu.conpaas.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.client.internal.ChainCatcher;
import eu.conpaas.pki.Keys;
import eu.conpaas.pki.Tls;

/** Finds out the fingerprint of a director's CA, to be shown to a person, who compares it with what the operator says, before it is pinned. */
public final class FirstContact {
    private static final int PORT = 5555;

    private FirstContact() {
    }

    /**
     * The SHA-256 fingerprint (hex) of the CA that the director shows. Nothing but the handshake is sent, and nothing trusted by it.
     *
     * @param url {@code https://host[:port]}
     * @throws ApiException UNAVAILABLE, TIMEOUT; BAD_REQUEST if it is no director
     */
    public static String fetchFingerprint(String url, Duration timeout) {
        return Keys.fingerprint(fetchCa(url, timeout));
    }

    /** The CA certificate itself; as untrusted as its fingerprint. */
    public static X509Certificate fetchCa(String url, Duration timeout) {
        URI uri = URI.create(url);
        int millis = (int) timeout.toMillis();
        int port = uri.getPort() < 0 ? PORT : uri.getPort();
        ChainCatcher catcher = new ChainCatcher();
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {catcher}, null);
            try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket()) {
                socket.setEnabledProtocols(Tls.protocols());
                socket.setSoTimeout(millis);
                socket.connect(new InetSocketAddress(uri.getHost(), port), millis);
                socket.startHandshake();
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new ApiException(ErrorCode.TIMEOUT, "No answer from " + url + " in time.", "Make sure of the address, and call again.", e);
        } catch (IOException e) {
            if (catcher.chain() == null) {
                throw new ApiException(ErrorCode.UNAVAILABLE, "Nobody answers at " + url + " (" + e.getMessage() + ").",
                        "Make sure of the address and that the director runs.", e);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
        return last(url, catcher.chain());
    }

    private static X509Certificate last(String url, X509Certificate[] chain) {
        X509Certificate ca = chain[chain.length - 1];
        try {
            chain[0].verify(ca.getPublicKey());
            if (chain.length > 1 && ca.getBasicConstraints() >= 0) {
                return ca;
            }
            throw new CertificateException("it shows no CA");
        } catch (GeneralSecurityException e) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "The server at " + url + " is no director: " + e.getMessage() + ".",
                    "Make sure of the address.", e);
        }
    }
}
