package eu.conpaas.director.internal.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.security.Certificates;
import eu.conpaas.director.internal.security.Tokens;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Session;

/** New passwords: by who knows the old one, or by a right that is good once. */
public final class PasswordRights {
    private static final Duration LIFE = Duration.ofDays(3);
    private static final int SHORTEST = 8;
    private static final int LONGEST = 256;

    private final Database database;
    private final Users users;
    private final Certificates certificates;
    private final Clock clock;

    public PasswordRights(Database database, Users users, Certificates certificates, Clock clock) {
        this.database = database;
        this.users = users;
        this.certificates = certificates;
        this.clock = clock;
    }

    /** A right to choose a password, given out by an administrator. */
    public record Right(String secret, Instant expires) {
    }

    /** Gives one out; those given out before are void. */
    public Right give(Session s, long uid) {
        Right right = new Right(SecretText.make(), clock.instant().plus(LIFE));
        s.run("DELETE FROM password_right WHERE uid = ?", uid);
        s.run("INSERT INTO password_right (hash, uid, expires) VALUES (?, ?, ?)", SecretText.hash(right.secret), uid, right.expires);
        return right;
    }

    /** Locks a user out until a new password has been chosen: the old one, all tokens and all certificates are void. */
    public Right reset(long uid) {
        String nobodys = Passwords.hash(SecretText.make());
        return database.write(s -> {
            User user = Users.get(s, uid);
            set(s, user.uid(), nobodys);
            everywhere(s, user.uid(), null);
            return give(s, uid);
        });
    }

    /** Uses a right. @return whose it was */
    public User redeem(String secret, String password) {
        String hash = Passwords.hash(checked(password));
        User user = database.write(s -> {
            long uid = s.one("SELECT uid FROM password_right WHERE hash = ? AND expires > ?", r -> r.number("uid"), SecretText.hash(secret.strip()), clock.instant())
                    .orElseThrow(() -> new ApiException(ErrorCode.FORBIDDEN, "This right to choose a password is used up or expired.", "Ask your administrator for a new one."));
            User found = Users.get(s, uid).active();
            s.run("DELETE FROM password_right WHERE uid = ?", uid);
            set(s, uid, hash);
            return found;
        });
        users.forgiven(user.username());
        return user;
    }

    /**
     * Changes a user's own password.
     *
     * @param everywhere whether all tokens but {@code token} and all certificates are void from now on
     * @throws ApiException NOT_AUTHENTICATED if the old one is wrong
     */
    public void change(User user, String old, String password, boolean everywhere, String token) {
        users.authenticate(user.username(), old);
        String hash = Passwords.hash(checked(password));
        database.write(s -> {
            set(s, user.uid(), hash);
            if (everywhere) {
                everywhere(s, user.uid(), token);
            }
            return null;
        });
    }

    private void everywhere(Session s, long uid, String kept) {
        Tokens.revokeAll(s, uid, kept);
        certificates.revokeUser(s, uid, "the password was changed");
    }

    private static void set(Session s, long uid, String hash) {
        s.run("UPDATE user SET password = ? WHERE uid = ?", hash, uid);
    }

    private static String checked(String password) {
        if (password == null || password.length() < SHORTEST || password.length() > LONGEST) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "A password has " + SHORTEST + " to " + LONGEST + " characters.", "Choose another one.");
        }
        return password;
    }
}
