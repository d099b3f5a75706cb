package eu.conpaas.director.internal.account;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Invitation;
import eu.conpaas.api.Invitation.State;
import eu.conpaas.api.OneTime;
import eu.conpaas.api.RegistrationPolicy;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Row;
import eu.conpaas.director.internal.store.Session;

/** Who may register: the director's policy, and invitations, each good for one account until it expires. */
public final class Invitations {
    private static final int LONGEST_DAYS = 90;
    private static final int MOST = 1000;
    private static final String ALL = "SELECT invitation.*, user.username AS used_by FROM invitation LEFT JOIN user ON user.uid = invitation.uid ";

    private final Database database;
    private final Clock clock;
    private final RegistrationPolicy policy;

    public Invitations(Database database, Clock clock, RegistrationPolicy policy) {
        this.database = database;
        this.clock = clock;
        this.policy = policy;
    }

    /** A new invitation and its secret. */
    public record Made(Invitation invitation, String secret) {
    }

    /**
     * Makes one.
     *
     * @param email the only address it may be used with, or null
     * @throws ApiException CONFLICT if nobody may register here at all
     */
    public Made make(String email, int credit, int days, String note, String by) {
        if (policy == RegistrationPolicy.CLOSED) {
            throw new ApiException(ErrorCode.CONFLICT, "Registration is closed on this director, so that an invitation could not be used.",
                    "Make the account yourself, or set REGISTRATION = invitation in director.cfg.");
        }
        if (credit < 0 || days < 1 || days > LONGEST_DAYS) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "An invitation has 0 credits or more and is good for 1 to " + LONGEST_DAYS + " days.",
                    "Change the numbers.");
        }
        String secret = SecretText.make();
        Instant now = clock.instant();
        return database.write(s -> {
            long id = s.insert("INSERT INTO invitation (hash, email, credit, note, by, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?)", SecretText.hash(secret),
                    email == null || email.isBlank() ? null : email.strip(), credit, note == null ? "" : note.strip(), by, now, now.plus(Duration.ofDays(days)));
            return new Made(get(s, id), secret);
        });
    }

    /** Newest first. */
    public List<Invitation> list() {
        return database.read(s -> s.list(ALL + "ORDER BY id DESC LIMIT ?", this::of, MOST));
    }

    /** Makes an open invitation void. @throws ApiException NOT_FOUND, CONFLICT if it is not open */
    public Invitation withdraw(long id) {
        return database.write(s -> {
            Invitation invitation = get(s, id);
            if (invitation.state() != State.OPEN) {
                throw new ApiException(ErrorCode.CONFLICT, "Invitation " + id + " is " + invitation.state().name().toLowerCase(Locale.ROOT) + " already.", "");
            }
            s.run("UPDATE invitation SET withdrawn = ? WHERE id = ?", clock.instant(), id);
            return get(s, id);
        });
    }

    private Invitation get(Session s, long id) {
        return s.one(ALL + "WHERE id = ?", this::of, id).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no invitation " + id + ".",
                "List the invitations to see their ids."));
    }

    private Invitation of(Row r) throws SQLException {
        State state = r.time("used") != null ? State.USED : r.time("withdrawn") != null ? State.WITHDRAWN
                : r.time("expires").isAfter(clock.instant()) ? State.OPEN : State.EXPIRED;
        return new Invitation(r.number("id"), r.text("email"), r.integer("credit"), r.text("note"), r.text("by"), r.time("created"), r.time("expires"), state,
                r.text("used_by"));
    }

    /**
     * What lets somebody register.
     *
     * @param secret of an invitation, or null
     * @throws ApiException FORBIDDEN if the policy does not let anybody in this way
     */
    public Users.Gate gate(String secret) {
        boolean invited = secret != null && !secret.isBlank();
        return switch (policy) {
            case CLOSED -> throw new ApiException(ErrorCode.FORBIDDEN, "Registration is closed on this director.", "Ask its administrator for an account.");
            case INVITATION -> {
                if (!invited) {
                    throw new ApiException(ErrorCode.FORBIDDEN, "This director takes only those whom it has invited.", "Ask its administrator for an invitation.");
                }
                yield new Invited(secret.strip());
            }
            case OPEN -> invited ? new Invited(secret.strip()) : Users.Gate.OPEN;
        };
    }

    private final class Invited implements Users.Gate {
        private final String hash;

        Invited(String secret) {
            this.hash = SecretText.hash(secret);
        }

        @Override
        public int credit(Session s, String email, int asked, int usual) {
            Optional<Invitation> found = s.one(ALL + "WHERE hash = ?", Invitations.this::of, hash);
            if (found.isEmpty() || found.get().state() != State.OPEN) {
                throw new ApiException(ErrorCode.FORBIDDEN, "This invitation is not good" + found.map(i -> ": it is " + i.state().name().toLowerCase(Locale.ROOT)).orElse("") + ".",
                        "Ask for a new one.");
            }
            if (found.get().email() != null && !found.get().email().equalsIgnoreCase(email)) {
                throw new ApiException(ErrorCode.FORBIDDEN, "This invitation is for another e-mail address.", "Register with the address it was sent to.");
            }
            return found.get().credit();
        }

        @Override
        public void passed(Session s, long uid) {
            s.run("UPDATE invitation SET used = ?, uid = ? WHERE hash = ?", clock.instant(), uid, hash);
        }
    }

    /** A secret as it is given to people. */
    public static OneTime oneTime(String url, String what, String secret, Instant expires) {
        return new OneTime(secret, url + "/console#" + what + "=" + secret, expires);
    }
}
