package eu.conpaas.rpc.internal;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.Revocations;

/** Finds out what the connection and the headers say about a call. */
final class Facts {
    private static final String BEARER = "Bearer ";

    private Facts() {
    }

    /**
     * The facts without parameters.
     *
     * @throws ApiException NOT_AUTHENTICATED if the certificate has expired or been revoked since the connection was made
     */
    static eu.conpaas.rpc.Request of(Request http, Map<String, String> variables, Revocations revocations) {
        X509Certificate certificate = certificate(http);
        if (certificate != null) {
            check(certificate, revocations);
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

    /** The validated certificate of the connection, or null. */
    static X509Certificate certificate(Request http) {
        EndPoint.SslSessionData tls = http.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
        return tls == null || tls.peerCertificates() == null || tls.peerCertificates().length == 0 ? null : tls.peerCertificates()[0];
    }

    private static void check(X509Certificate certificate, Revocations revocations) {
        try {
            certificate.checkValidity();
        } catch (CertificateException e) {
            throw new ApiException(ErrorCode.NOT_AUTHENTICATED, "The certificate has expired.", "Get a new one from the director.", e);
        }
        if (revocations.contains(certificate)) {
            throw new ApiException(ErrorCode.NOT_AUTHENTICATED, "The certificate has been revoked.", "Get a new one from the director.");
        }
    }
}
