package eu.conpaas.director.internal.account;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.director.internal.store.StoreException;
import eu.conpaas.pki.Identity;

/** New users and sign-in. */
public final class Users {
    /** Required fields of a registration, in the order 1.3.1 checks them. */
    public static final List<String> FIELDS = List.of("username", "fname", "lname", "email", "affiliation", "password", "credit");
    /** Beside those no certificate is issued for. */
    private static final Set<String> RESERVED = Set.of("admin", "root", "system", "me", "all");
    private static final int LONGEST = 256;

    private final Database database;
    private final Ledger ledger;
    private final Clock clock;
    private final int maxCredit;
    private final int initialCredit;
    private final LockOut lockOut;
    /** Compared with when there is no such user, so that an answer does not tell by its time whether there is. */
    private final String nobody = Passwords.hash("nobody's password");

    public Users(Database database, Ledger ledger, Clock clock, int maxCredit, int initialCredit) {
        this.database = database;
        this.ledger = ledger;
        this.clock = clock;
        this.maxCredit = maxCredit;
        this.initialCredit = initialCredit;
        this.lockOut = new LockOut(clock);
    }

    /** Registers by the open path: {@code credit} is checked as 1.3.1 did, but never gives more than the server's initial credit. */
    public User register(Map<String, String> fields) {
        return register(fields, Gate.OPEN);
    }

    /** What lets somebody in who registers. */
    public interface Gate {
        /** Anybody may, and gets no more than the server gives to everybody. */
        Gate OPEN = (s, email, asked, usual) -> Math.min(asked, usual);

        /**
         * Called in the transaction of the registration, before the user is stored.
         *
         * @return credits to begin with
         * @throws ApiException if it does not let the user in
         */
        int credit(Session s, String email, int asked, int usual);

        /** Called when the user is stored. */
        default void passed(Session s, long uid) {
        }
    }

    /** Registers somebody whom a gate lets in. */
    public User register(Map<String, String> fields, Gate gate) {
        for (String field : FIELDS) {
            if (fields.getOrDefault(field, "").isBlank()) {
                throw new ApiException(ErrorCode.MISSING_ARGUMENT, field + " is a required field", "Give a value for " + field + ".");
            }
        }
        int asked = asked(fields.get("credit"));
        return add(fields, false, gate, asked);
    }

    private int asked(String credit) {
        int asked;
        try {
            asked = Integer.parseInt(credit.strip());
        } catch (NumberFormatException e) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Required credit must be an integer.", "Give a whole number.", e);
        }
        if (asked < 0) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Required credit cannot be negative.", "Give a number from 0 to " + maxCredit + ".");
        }
        if (asked > maxCredit) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Required credit exceeds the maximum of " + maxCredit + ".",
                    "Give a number from 0 to " + maxCredit + ".");
        }
        return asked;
    }

    /** Adds a user as the administrator does: blank names are fine. */
    public User addByAdministrator(String email, String username, String password, boolean admin) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("email", email);
        fields.put("username", username);
        fields.put("password", password);
        return addByAdministrator(fields, admin, initialCredit);
    }

    /** The same with more than the least. Without a password nobody can sign in until one has been chosen ({@link PasswordRights}). */
    public User addByAdministrator(Map<String, String> fields, boolean admin, int credit) {
        for (String field : List.of("username", "email")) {
            if (fields.getOrDefault(field, "").isBlank()) {
                throw new ApiException(ErrorCode.MISSING_ARGUMENT, field + " is a required field", "Give a value for " + field + ".");
            }
        }
        Map<String, String> complete = new LinkedHashMap<>(fields);
        if (complete.getOrDefault("password", "").isEmpty()) {
            complete.put("password", SecretText.make());
        }
        return add(complete, admin, (s, email, asked, usual) -> asked, credit);
    }

    /** Credits of a new user, unless somebody says otherwise. */
    public int initialCredit() {
        return initialCredit;
    }

    private User add(Map<String, String> fields, boolean admin, Gate gate, int asked) {
        String name = checkedName(fields.get("username").strip());
        String email = fields.get("email").strip();
        fields.forEach((key, value) -> {
            if (value.length() > LONGEST) {
                throw new ApiException(ErrorCode.INVALID_ARGUMENT, key + " is longer than " + LONGEST + " characters.", "Shorten it.");
            }
        });
        String hash = Passwords.hash(fields.get("password"));
        try {
            return database.write(s -> {
                int credit = gate.credit(s, email, asked, initialCredit);
                User user = insert(s, name, email, hash, fields, admin, credit);
                gate.passed(s, user.uid());
                return user;
            });
        } catch (StoreException e) {
            if (e.isConstraint()) {
                boolean nameTaken = database.read(s -> find(s, name)).isPresent();
                throw new ApiException(ErrorCode.CONFLICT, nameTaken ? "Username \"" + name + "\" already taken" : "E-mail \"" + email + "\" already registered",
                        nameTaken ? "Choose another name." : "Sign in, or use another address.", e);
            }
            throw e;
        }
    }

    private User insert(Session s, String name, String email, String hash, Map<String, String> fields, boolean admin, int credit) {
        long uid = s.insert("INSERT INTO user (username, fname, lname, email, affiliation, password, created, admin) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", name,
                fields.getOrDefault("fname", ""), fields.getOrDefault("lname", ""), email, fields.getOrDefault("affiliation", ""), hash, clock.instant(), admin);
        ledger.grant(s, uid, credit, "initial credit");
        Applications.insert(s, uid, Applications.DEFAULT_NAME, clock.instant());
        return byId(s, uid).orElseThrow();
    }

    private static String checkedName(String name) {
        if (!name.matches("[\\p{L}\\p{N}._@+-]{1,80}")) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "The user name has characters that are not allowed, or is too long.",
                    "Use up to 80 letters, digits and any of . _ @ + -");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT)) || Identity.isReserved(name)) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "The name \"" + name + "\" is reserved.", "Choose another name.");
        }
        return name;
    }

    /** Signs in. @throws ApiException NOT_AUTHENTICATED, FORBIDDEN if the account is disabled, or TOO_MANY_REQUESTS after too many failures */
    public User authenticate(String username, String password) {
        String name = username == null ? "" : username.strip();
        lockOut.check(name);
        record Found(User user, String hash) {
        }
        Optional<Found> found = database.read(s -> s.one("SELECT * FROM user WHERE username = ? AND deleted IS NULL", r -> new Found(User.of(r), r.text("password")), name));
        boolean right = Passwords.matches(password == null ? "" : password, found.map(Found::hash).orElse(nobody));
        if (found.isEmpty() || !right) {
            lockOut.failed(name);
            throw new ApiException(ErrorCode.NOT_AUTHENTICATED, "User name or password is wrong.", "Check both and sign in again.");
        }
        lockOut.succeeded(name);
        return found.get().user().active();
    }

    /** Forgets failed sign-ins of somebody who has shown otherwise who it is. */
    void forgiven(String username) {
        lockOut.succeeded(username);
    }

    public static Optional<User> byId(Session s, long uid) {
        return s.one("SELECT " + User.COLUMNS + " FROM user WHERE uid = ? AND deleted IS NULL", User::of, uid);
    }

    /** @throws ApiException NOT_FOUND */
    public static User get(Session s, long uid) {
        return byId(s, uid).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no user " + uid + ".", "List the users to see their ids."));
    }

    /** By name. @throws ApiException NOT_FOUND */
    public static User get(Session s, String username) {
        return find(s, username == null ? "" : username.strip())
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no user called " + username + ".", "Check the user name."));
    }

    public static Optional<User> find(Session s, String username) {
        return s.one("SELECT " + User.COLUMNS + " FROM user WHERE username = ? AND deleted IS NULL", User::of, username);
    }
}
