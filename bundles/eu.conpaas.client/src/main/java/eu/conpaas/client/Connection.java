package eu.conpaas.client;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;

import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Keys;
import eu.conpaas.pki.Peers;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.HttpRpc;

/**
 * How to reach a director and as whom: its URL, its CA (by certificate or fingerprint), and a certificate, a token or neither. The director
 * is known by its certificate's identity, not by host name, so any address that leads to it will do.
 * <pre>
 * Connection c = Connection.to("https://director:5555").pin(fingerprint).credentials(folder);
 * try (Director director = c.director()) { … }
 * </pre>
 * Immutable but for the key material, which may be replaced; a token may be set at any time.
 */
public final class Connection {
    private final String url;
    private final Trust trust;
    private final KeyMaterial keys;
    private final Duration connectTimeout;
    private final Duration timeout;
    private final TokenHolder token;

    private Connection(String url, Trust trust, KeyMaterial keys, Duration connectTimeout, Duration timeout, TokenHolder token) {
        this.url = url;
        this.trust = trust;
        this.keys = keys;
        this.connectTimeout = connectTimeout;
        this.timeout = timeout;
        this.token = token;
    }

    /** The token in use, if any; shared by all that is made from a connection. */
    static final class TokenHolder {
        volatile String token;
    }

    /** @param url {@code https://host:port} */
    public static Connection to(String url) {
        return new Connection(url, null, KeyMaterial.none(), Duration.ofSeconds(5), Duration.ofSeconds(60), new TokenHolder());
    }

    /** Trusts the CA with this SHA-256 fingerprint (as a person writes it). */
    public Connection pin(String fingerprint) {
        return new Connection(url, Trust.pin(fingerprint, Peers.director()), keys, connectTimeout, timeout, token);
    }

    public Connection ca(X509Certificate ca) {
        return new Connection(url, Trust.ca(ca, Peers.director()), keys, connectTimeout, timeout, token);
    }

    /** Shows this certificate, and trusts its CA. The material may be replaced later. */
    public Connection keys(KeyMaterial material) {
        Connection with = material.current() == null ? this : ca(material.current().ca());
        return new Connection(url, with.trust, material, connectTimeout, timeout, token);
    }

    /**
     * Shows the certificate in {@code cert.pem} and {@code key.pem}, and trusts {@code ca_cert.pem}.
     *
     * @throws IOException              if a file cannot be read
     * @throws IllegalArgumentException naming the file that is malformed
     */
    public Connection credentials(Path folder) throws IOException {
        return keys(new KeyMaterial(Credentials.read(folder)));
    }

    /** Sends this bearer token with each call. */
    public Connection token(String bearer) {
        TokenHolder holder = new TokenHolder();
        holder.token = bearer;
        return new Connection(url, trust, keys, connectTimeout, timeout, holder);
    }

    /** Time for a connection to be made (default 5 s) and for a call in all, or without progress where files move (default 60 s). */
    public Connection timeouts(Duration connect, Duration call) {
        return new Connection(url, trust, keys, connect, call, token);
    }

    public String url() {
        return url;
    }

    /** SHA-256 of the CA trusted, or null if none has been named yet. */
    public String fingerprint() {
        return trust == null ? null : trust.fingerprint();
    }

    /** Key material in use; without credentials if there is no certificate. */
    public KeyMaterial keyMaterial() {
        return keys;
    }

    TokenHolder tokenHolder() {
        return token;
    }

    /** The director at the other end; nothing is sent yet. */
    public Director director() {
        return new Director(this);
    }

    /**
     * A client for a manager, which must show a certificate for this service.
     *
     * @param uid     owner of the service
     * @param address IP address or host name
     */
    public ManagerClient manager(long uid, long sid, String address, int port) {
        return new ManagerClient(http(Peers.manager(uid, sid)).base("https://" + bracketed(address) + ":" + port).build());
    }

    /** The director's side for a node process. */
    public NodeLink nodeLink() {
        return new NodeLink(http(Peers.director()).connections(4).build());
    }

    HttpRpc.Builder http(Predicate<Identity> peer) {
        Objects.requireNonNull(trust, "name the CA first: pin, ca or credentials");
        return HttpRpc.builder().base(url).keys(keys).trust(trust.with(peer)).connectTimeout(connectTimeout).timeout(timeout);
    }

    private static String bracketed(String address) {
        return address.indexOf(':') >= 0 && !address.startsWith("[") ? "[" + address + "]" : address;
    }

    /** As people compare it: colons between the bytes. */
    public static String readable(String fingerprint) {
        return Keys.normalise(fingerprint).replaceAll("..(?!$)", "$0:");
    }
}
