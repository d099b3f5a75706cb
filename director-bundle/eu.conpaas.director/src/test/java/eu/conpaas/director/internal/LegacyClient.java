package eu.conpaas.director.internal;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.pki.Credentials;
import eu.conpaas.rpc.Json;

/** A client of 1.3.1, made of nothing but the JDK: forms or queries over HTTPS with a user's certificate. */
final class LegacyClient implements AutoCloseable {
    private static final char[] NO_PASSWORD = new char[0];
    private final String base;
    private final HttpClient http;

    LegacyClient(String base, X509Certificate ca, Credentials credentials) {
        this.base = base;
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).sslContext(context(ca, credentials)).build();
    }

    private static SSLContext context(X509Certificate ca, Credentials credentials) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, NO_PASSWORD);
            trusted.setCertificateEntry("ca", ca);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, NO_PASSWORD);
            if (credentials != null) {
                own.setKeyEntry("own", credentials.key(), NO_PASSWORD, new Certificate[] {credentials.certificate()});
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What came back. */
    record Answer(int status, HttpHeaders headers, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Json.read(text(), JsonNode.class);
        }

        @Override
        public String toString() {
            return status + " " + text();
        }
    }

    /** Posts a form; {@code fields} are names and values in turn. */
    Answer post(String path, Object... fields) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form(fields))));
    }

    /** Posts with all parameters in the query. */
    Answer postQuery(String path, Object... fields) throws IOException, InterruptedException {
        return send(request(path + "?" + form(fields)).POST(BodyPublishers.noBody()));
    }

    Answer get(String path, Object... fields) throws IOException, InterruptedException {
        return send(request(fields.length == 0 ? path : path + "?" + form(fields)).GET());
    }

    /** Any call, with headers: names and values in turn. */
    Answer call(String verb, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).method(verb, BodyPublishers.noBody());
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    private static String form(Object... fields) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(i == 0 ? "" : "&").append(fields[i]).append('=').append(URLEncoder.encode(fields[i + 1].toString(), StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
