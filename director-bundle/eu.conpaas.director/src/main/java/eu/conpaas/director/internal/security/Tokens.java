package eu.conpaas.director.internal.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Token;
import eu.conpaas.director.internal.account.SecretText;
import eu.conpaas.director.internal.account.User;
import eu.conpaas.director.internal.account.Users;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Session;

/** Short-lived bearer tokens of browser and script sessions. Only their hashes are stored. */
public final class Tokens {
    /** Short, since whoever has it is taken for the user. */
    static final Duration LIFE = Duration.ofHours(1);
    /** How long after the sign-in it can be renewed. */
    static final Duration SESSION = Duration.ofHours(24);
    /** What was on its way with the old token when it was renewed still counts. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private final Database database;
    private final Clock clock;

    public Tokens(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A token for a user who has just signed in. */
    public Token create(long uid) {
        return database.write(s -> insert(s, uid, clock.instant().plus(SESSION).truncatedTo(ChronoUnit.MILLIS)));
    }

    /** A new token in place of a good one. @throws ApiException NOT_AUTHENTICATED if it is not, or if the sign-in is too long ago */
    public Token renew(String token) {
        Instant now = clock.instant();
        record Old(long uid, Instant ends) {
        }
        return database.write(s -> {
            Old old = s.one("SELECT uid, ends FROM token WHERE hash = ? AND expires > ? AND ends > ?", r -> new Old(r.number("uid"), r.time("ends")),
                    SecretText.hash(token), now, now).orElseThrow(() -> new ApiException(ErrorCode.NOT_AUTHENTICATED, "The sign-in is over.", "Sign in again."));
            s.run("UPDATE token SET expires = min(expires, ?), ends = ? WHERE hash = ?", now.plus(OVERLAP), now, SecretText.hash(token));
            return insert(s, old.uid, old.ends);
        });
    }

    private Token insert(Session s, long uid, Instant ends) {
        String token = SecretText.make();
        Instant now = clock.instant();
        Instant expires = now.plus(LIFE).isBefore(ends) ? now.plus(LIFE) : ends;
        s.run("INSERT INTO token (hash, uid, created, expires, ends) VALUES (?, ?, ?, ?, ?)", SecretText.hash(token), uid, now, expires, ends);
        return new Token(token, expires, ends);
    }

    /** Whose token it is, if it is good. */
    public Optional<User> user(String token) {
        return database.read(s -> s.one("SELECT uid FROM token WHERE hash = ? AND expires > ?", r -> r.number("uid"), SecretText.hash(token), clock.instant())
                .flatMap(uid -> Users.byId(s, uid)));
    }

    public void revoke(String token) {
        database.write(s -> s.run("DELETE FROM token WHERE hash = ?", SecretText.hash(token)));
    }

    /** Makes all tokens of a user void but one. {@code kept}: may be null */
    public static void revokeAll(Session s, long uid, String kept) {
        s.run("DELETE FROM token WHERE uid = ? AND hash <> ?", uid, kept == null ? "" : SecretText.hash(kept));
    }
}
