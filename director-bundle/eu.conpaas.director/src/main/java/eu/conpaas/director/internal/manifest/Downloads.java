package eu.conpaas.director.internal.manifest;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.fetch.Fetcher;
import eu.conpaas.director.internal.operation.JobWatch;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Session;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Files by URL, both ways: links to what the director keeps, which give whoever has them the right to fetch it for a while, and files it fetches for users,
 * from elsewhere or by such a link.
 */
public final class Downloads {
    /** How long a link is good. */
    public static final Duration LIFE = Duration.ofHours(1);
    private static final String PATH = "/download_data/";
    private static final int BYTES = 24;
    private static final int LONGEST_NAME = 200;
    private static final SecureRandom RANDOM = new SecureRandom();
    private final Database database;
    private final ContentStore store;
    private final Fetcher fetcher;
    private final Clock clock;
    private final String prefix;

    /** @param url base URL of the director */
    public Downloads(Database database, ContentStore store, Fetcher fetcher, Clock clock, String url) {
        this.database = database;
        this.store = store;
        this.fetcher = fetcher;
        this.clock = clock;
        this.prefix = url + PATH;
    }

    /** A file that is kept. */
    public record Kept(String hash, String filename) {
    }

    /** Gives a link to a file of the store. */
    public String link(Session s, Kept file, long uid) {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        s.run("DELETE FROM download_right WHERE expires < ?", clock.instant());
        s.run("INSERT INTO download_right (token, hash, filename, uid, expires) VALUES (?, ?, ?, ?, ?)", digest(token), file.hash, file.filename, uid, clock.instant().plus(LIFE));
        return prefix + token;
    }

    /** The file a link leads to, while the link is good. */
    public Optional<Kept> find(String token) {
        return database.read(s -> s.one("SELECT * FROM download_right WHERE token = ? AND expires > ?", r -> new Kept(r.text("hash"), r.text("filename")), digest(token),
                clock.instant()));
    }

    private static String digest(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file, if the URL is one of this director's links. */
    Optional<Kept> own(String url) {
        return url.startsWith(prefix) ? find(url.substring(prefix.length())) : Optional.empty();
    }

    /** The URL without what gives a right. */
    String shown(String url) {
        return own(url).map(Kept::filename).orElse(url.replaceFirst("[?#].*", ""));
    }

    /** @throws ApiException INVALID_ARGUMENT if the URL can't be fetched from */
    void check(String url) {
        if (!url.startsWith(prefix)) {
            fetcher.check(url);
        } else if (own(url).isEmpty()) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "This link of the director is no longer good; links are for " + LIFE.toMinutes() + " minutes.",
                    "Download the manifest again.");
        }
    }

    /** Gets the file into the store. */
    Kept fetch(String url, long uid, JobWatch watch) throws IOException, InterruptedException {
        check(url);
        Optional<Kept> own = own(url);
        if (own.isPresent()) {
            try (InputStream in = Files.newInputStream(store.path(own.get().hash))) {
                return new Kept(store.put(in, uid).hash(), own.get().filename);
            }
        }
        URI uri = fetcher.check(url);
        return new Kept(fetcher.fetch(uri, watch::isCancelled, in -> store.put(in, uid)).hash(), filename(uri));
    }

    /** Last part of the path, harmless characters only. */
    static String filename(URI uri) {
        String path = String.valueOf(uri.getPath());
        String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", "");
        return name.isEmpty() ? "download" : name.length() > LONGEST_NAME ? name.substring(name.length() - LONGEST_NAME) : name;
    }
}
