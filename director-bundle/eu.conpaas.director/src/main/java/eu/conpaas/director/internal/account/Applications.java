package eu.conpaas.director.internal.account;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.MemberRole;
import eu.conpaas.director.internal.event.Events;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Row;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.director.internal.store.StoreException;

/** Applications of users. Deleting one that still has services is the operations' business. */
public final class Applications {
    public static final String DEFAULT_NAME = "New Application";

    private final Database database;
    private final Clock clock;
    private final Events events;

    public Applications(Database database, Clock clock, Events events) {
        this.database = database;
        this.clock = clock;
        this.events = events;
    }

    public Application create(long uid, String name) {
        String checked = checked(name);
        return named(checked, () -> database.write(s -> {
            Application made = find(s, insert(s, uid, checked, clock.instant())).orElseThrow();
            tell(s, made, Map.of("name", checked));
            return made;
        }));
    }

    public void rename(long aid, String name) {
        String checked = checked(name);
        named(checked, () -> database.write(s -> {
            s.run("UPDATE application SET name = ? WHERE aid = ?", checked, aid);
            find(s, aid).ifPresent(renamed -> tell(s, renamed, Map.of("name", checked)));
            return null;
        }));
    }

    /** Drops one that has no services. */
    public void dropEmpty(Session s, long aid) {
        find(s, aid).ifPresent(gone -> tell(s, gone, Map.of("deleted", true)));
        drop(s, aid);
    }

    private void tell(Session s, Application application, Map<String, Object> what) {
        events.add(s, "application", application.uid(), application.aid(), 0, what);
    }

    /** The name an application gets. @throws ApiException MISSING_ARGUMENT, INVALID_ARGUMENT */
    public static String checked(String name) {
        if (name == null || name.isBlank()) {
            throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument \"name\"", "Give the application a name.");
        }
        if (name.length() > 256) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "The name is longer than 256 characters.", "Shorten it.");
        }
        return name.strip();
    }

    private static <T> T named(String name, Supplier<T> action) {
        try {
            return action.get();
        } catch (StoreException e) {
            if (e.isConstraint()) {
                throw new ApiException(ErrorCode.CONFLICT, "Application name \"" + name + "\" already taken", "Choose another name.", e);
            }
            throw e;
        }
    }

    public static long insert(Session s, long uid, String name, Instant now) {
        return s.insert("INSERT INTO application (name, user_id, created) VALUES (?, ?, ?)", name, uid, now);
    }

    public static Optional<Application> find(Session s, long aid) {
        return s.one("SELECT * FROM application WHERE aid = ?", Applications::of, aid);
    }

    public static List<Application> ofUser(Session s, long uid) {
        return s.list("SELECT * FROM application WHERE user_id = ? ORDER BY aid", Applications::of, uid);
    }

    /** Those the user owns or is a member of, its own first. */
    public static List<ApplicationView> seenBy(Session s, long uid) {
        return s.list("SELECT aid, name, username, CASE WHEN user_id = ? THEN 'OWNER' ELSE role END AS role FROM application JOIN user ON user.uid = user_id"
                + " LEFT JOIN (SELECT aid, role FROM member WHERE uid = ?) USING (aid) WHERE user_id = ? OR role IS NOT NULL ORDER BY user_id <> ?, aid",
                r -> new ApplicationView(r.number("aid"), r.text("name"), r.text("username"), r.word("role", MemberRole.class)), uid, uid, uid, uid);
    }

    /** The user's oldest application, where services go that name none. @throws ApiException NOT_FOUND if there is none left */
    public static Application defaultOf(Session s, long uid) {
        return ofUser(s, uid).stream().filter(a -> !a.deleting()).findFirst()
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "You have no application.", "Create one first."));
    }

    public static List<Application> deleting(Session s) {
        return s.list("SELECT * FROM application WHERE deleting = 1", Applications::of);
    }

    public static void markDeleting(Session s, long aid) {
        s.run("UPDATE application SET deleting = 1 WHERE aid = ?", aid);
    }

    public static void drop(Session s, long aid) {
        s.run("DELETE FROM member WHERE aid = ?", aid);
        s.run("DELETE FROM handover WHERE aid = ?", aid);
        s.run("DELETE FROM application WHERE aid = ?", aid);
    }

    private static Application of(Row r) throws SQLException {
        return new Application(r.number("aid"), r.text("name"), r.number("user_id"), r.time("created"), r.flag("deleting"));
    }
}
