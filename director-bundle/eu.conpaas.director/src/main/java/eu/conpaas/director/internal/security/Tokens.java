package eu.conpaas.director.internal.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

import eu.conpaas.api.Token;
import eu.conpaas.director.internal.account.User;
import eu.conpaas.director.internal.account.Users;
import eu.conpaas.director.internal.store.Database;

/** Short-lived bearer tokens of browser and script sessions. Only their hashes are stored. */
public final class Tokens {
    private static final Duration LIFE = Duration.ofHours(12);
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final Clock clock;

    public Tokens(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public Token create(long uid) {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Instant now = clock.instant();
        database.write(s -> s.run("INSERT INTO token (hash, uid, created, expires) VALUES (?, ?, ?, ?)", hash(token), uid, now, now.plus(LIFE)));
        return new Token(token, now.plus(LIFE));
    }

    /** Whose token it is, if it is good. */
    public Optional<User> user(String token) {
        return database.read(s -> s.one("SELECT uid FROM token WHERE hash = ? AND expires > ?", r -> r.number("uid"), hash(token), clock.instant())
                .flatMap(uid -> Users.byId(s, uid)));
    }

    public void revoke(String token) {
        database.write(s -> s.run("DELETE FROM token WHERE hash = ?", hash(token)));
    }

    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
