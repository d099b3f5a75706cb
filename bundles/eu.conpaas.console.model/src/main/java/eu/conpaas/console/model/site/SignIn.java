package eu.conpaas.console.model.site;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.client.Connection;
import eu.conpaas.client.Director;
import eu.conpaas.client.FirstContact;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Keys;

/**
 * Signing in to a director for the first time, or again: first look who answers, have a person compare the fingerprint, then sign in. Blocks; throws
 * {@link ApiException}.
 */
public final class SignIn {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private final SiteStore store;

    public SignIn(SiteStore store) {
        this.store = store;
    }

    /**
     * Who answers at an address. Nothing is trusted yet.
     *
     * @param known whether its CA is the one that was accepted before for this address
     * @param changed whether another one was accepted before for this address
     */
    public record Offer(String url, X509Certificate ca, boolean known, boolean changed) {
        /** SHA-256 of the CA, as people compare it. */
        public String fingerprint() {
            return Connection.readable(Keys.fingerprint(ca));
        }
    }

    /** Looks who answers; nothing is sent but a handshake. */
    public Offer look(String address) {
        String url = checked(address);
        X509Certificate ca = FirstContact.fetchCa(url, PATIENCE);
        var before = store.list().stream().filter(s -> s.url().equals(url)).map(s -> s.connection().fingerprint()).toList();
        boolean known = before.contains(Keys.fingerprint(ca));
        return new Offer(url, ca, known, !known && !before.isEmpty());
    }

    /** Signs in to a director that was accepted, and saves the connection. @throws ApiException NOT_AUTHENTICATED */
    public SavedSite signIn(Offer accepted, String name, String user, String password) {
        try (Director director = Connection.to(accepted.url()).ca(accepted.ca()).director()) {
            director.login(user, password);
            Credentials credentials = director.certificates(user, password);
            return store.save(name == null || name.isBlank() ? accepted.url().replaceFirst("^https://", "") : name.strip(), accepted.url(), user, credentials);
        }
    }

    private static String checked(String address) {
        String text = address.strip().replaceFirst("/+$", "");
        try {
            URI uri = URI.create(text.contains("://") ? text : "https://" + text);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
                return uri.getPort() < 0 ? uri + ":5555" : uri.toString();
            }
        } catch (IllegalArgumentException e) {
            throw refused(address, e);
        }
        throw refused(address, null);
    }

    private static ApiException refused(String address, Exception reason) {
        return new ApiException(ErrorCode.INVALID_ARGUMENT, "'" + address + "' is not the address of a director.", "Such as https://host:5555.", reason);
    }
}
