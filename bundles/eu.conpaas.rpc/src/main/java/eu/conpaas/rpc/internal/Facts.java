package eu.conpaas.rpc.internal;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;

import javax.net.ssl.SSLSession;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.ClientAuth;

/** Finds out what the connection and the headers say about a call, and whether the client's certificate is to be believed. */
final class Facts {
    private static final String BEARER = "Bearer ";
    private static final String NEXT = "Get a new one from the director.";
    /** Marks a TLS session whose certificate was found good, since what the signature says does not change. */
    private static final String SIGNED = Facts.class.getName();
    private final Trust trust;
    private final ClientAuth clientAuth;

    Facts(Trust trust, ClientAuth clientAuth) {
        this.trust = trust;
        this.clientAuth = clientAuth;
    }

    /**
     * The facts without parameters.
     *
     * @throws ApiException NOT_AUTHENTICATED if the certificate is not valid (any more) or there is none where one is needed
     */
    eu.conpaas.rpc.Request of(Request http, Map<String, String> variables) {
        X509Certificate certificate = certificate(http);
        if (certificate == null && clientAuth == ClientAuth.NEEDED) {
            throw new ApiException(ErrorCode.NOT_AUTHENTICATED, "A certificate is needed.", NEXT);
        }
        String authorization = http.getHeaders().get(HttpHeader.AUTHORIZATION);
        String token = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip() : null;
        return new eu.conpaas.rpc.Request(http.getMethod(), path(http), null, variables, Map.of(),
                certificate == null ? null : Identity.of(certificate), certificate, token, Request.getRemoteAddr(http),
                http.getHeaders().get("Last-Event-ID"));
    }

    static String path(Request http) {
        String path = http.getHttpURI().getDecodedPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    /** For whom a call counts: a certificate that is believed, else an address. */
    String client(Request http) {
        try {
            X509Certificate certificate = certificate(http);
            return certificate == null ? Request.getRemoteAddr(http) : certificate.getSerialNumber().toString();
        } catch (ApiException e) {
            return Request.getRemoteAddr(http);
        }
    }

    /** The validated certificate of the connection, or null. */
    private X509Certificate certificate(Request http) {
        EndPoint.SslSessionData tls = http.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
        X509Certificate[] chain = tls == null ? null : tls.peerCertificates();
        if (chain == null || chain.length == 0) {
            return null;
        }
        try {
            check(chain, tls.sslSession());
        } catch (CertificateException e) {
            throw new ApiException(ErrorCode.NOT_AUTHENTICATED, "This side's certificate is not accepted: " + e.getMessage() + ".", NEXT, e);
        }
        return chain[0];
    }

    private void check(X509Certificate[] chain, SSLSession session) throws CertificateException {
        if (session.getValue(SIGNED) == null) {
            trust.client(chain);
            session.putValue(SIGNED, Boolean.TRUE);
            return;
        }
        trust.stillGood(chain[0]);
    }
}
