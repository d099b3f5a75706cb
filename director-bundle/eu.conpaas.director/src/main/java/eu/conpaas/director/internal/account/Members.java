package eu.conpaas.director.internal.account;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Member;
import eu.conpaas.api.MemberRole;
import eu.conpaas.director.internal.event.Events;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Session;

/** Who may do what in which application: its owner, and members beside it. Credit is always the owner's. */
public final class Members {
    private final Database database;
    private final Events events;
    private final Clock clock;
    private final LongConsumer changed;
    /** Who sees what happens in an application, for the streams of events, which ask for each event. */
    private final Map<Long, Set<Long>> seers = new ConcurrentHashMap<>();

    /** @param changed is told the application when who may do what in it has changed, once that is on disk */
    public Members(Database database, Events events, Clock clock, LongConsumer changed) {
        this.database = database;
        this.events = events;
        this.clock = clock;
        this.changed = changed;
    }

    /** What a user may do in an application, or empty if it is none of the user's business. */
    public static Optional<MemberRole> role(Session s, long aid, long uid) {
        return s.one("SELECT CASE WHEN user_id = ? THEN 'OWNER' ELSE (SELECT role FROM member WHERE member.aid = application.aid AND uid = ?) END AS role"
                + " FROM application WHERE aid = ?", r -> Optional.ofNullable(r.word("role", MemberRole.class)), uid, uid, aid).flatMap(role -> role);
    }

    /** The applications a user owns or is a member of. */
    public static Set<Long> applications(Session s, long uid) {
        return s.list("SELECT aid FROM application WHERE user_id = ? UNION SELECT aid FROM member WHERE uid = ?", r -> r.number("aid"), uid, uid).stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a user may see what happens in an application; quick. */
    public boolean sees(long uid, long aid) {
        return seers.computeIfAbsent(aid, a -> database.read(s -> list(s, a)).stream().map(Member::uid).collect(Collectors.toUnmodifiableSet())).contains(uid);
    }

    /** The owner first, then the others by name. */
    public static List<Member> list(Session s, long aid) {
        List<Member> members = new ArrayList<>(s.list("SELECT uid, username, application.created AS since FROM application JOIN user ON uid = user_id WHERE aid = ?",
                r -> new Member(r.number("uid"), r.text("username"), MemberRole.OWNER, r.time("since"), r.text("username")), aid));
        members.addAll(s.list("SELECT member.*, username FROM member JOIN user USING (uid) WHERE aid = ? ORDER BY username",
                r -> new Member(r.number("uid"), r.text("username"), r.word("role", MemberRole.class), r.time("since"), r.text("by")), aid));
        return members;
    }

    /** Users who may call the managers of an application's services themselves. */
    public static Set<Long> callers(Session s, long aid) {
        return s.list("SELECT uid FROM user WHERE disabled IS NULL AND deleted IS NULL AND uid IN (SELECT user_id FROM application WHERE aid = ?"
                + " UNION SELECT uid FROM member WHERE aid = ? AND role = 'DEVELOPER')", r -> r.number("uid"), aid, aid).stream().collect(Collectors.toUnmodifiableSet());
    }

    /** Adds a member or gives it another role. @throws ApiException NOT_FOUND, CONFLICT for the owner, INVALID_ARGUMENT for the role of the owner */
    public Member put(long aid, String username, MemberRole role, String by) {
        if (role == MemberRole.OWNER) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "An application has one owner.", "Hand it over instead.");
        }
        return database.write(s -> {
            User user = Users.get(s, username).active();
            if (role(s, aid, user.uid()).orElse(null) == MemberRole.OWNER) {
                throw new ApiException(ErrorCode.CONFLICT, user.username() + " owns the application.", "Hand it over to somebody else first.");
            }
            s.run("INSERT INTO member (aid, uid, role, since, by) VALUES (?, ?, ?, ?, ?) ON CONFLICT (aid, uid) DO UPDATE SET role = excluded.role,"
                    + " since = excluded.since, by = excluded.by", aid, user.uid(), role, clock.instant(), by);
            tell(s, aid, user, role.name());
            return list(s, aid).stream().filter(m -> m.uid() == user.uid()).findFirst().orElseThrow();
        });
    }

    /** Removes a member. @throws ApiException NOT_FOUND if it is none, CONFLICT for the owner */
    public void remove(long aid, String username) {
        database.write(s -> {
            User user = Users.get(s, username);
            if (role(s, aid, user.uid()).orElse(null) == MemberRole.OWNER) {
                throw new ApiException(ErrorCode.CONFLICT, user.username() + " owns the application.", "Hand it over to somebody else, or delete it.");
            }
            if (s.run("DELETE FROM member WHERE aid = ? AND uid = ?", aid, user.uid()) == 0) {
                throw new ApiException(ErrorCode.NOT_FOUND, user.username() + " is no member of application " + aid + ".", "List its members.");
            }
            tell(s, aid, user, "NONE");
            return null;
        });
    }

    /** Tells everybody, the user included, of a new role, and forgets what was known of who sees what. */
    void tell(Session s, long aid, User user, String role) {
        Map<String, Object> data = Map.of("member", user.username(), "role", role);
        long owner = s.number("SELECT user_id FROM application WHERE aid = ?", aid);
        events.add(s, "application.member", owner, aid, 0, data);
        if (user.uid() != owner) {
            events.add(s, "application.member", user.uid(), 0, 0, Map.of("member", user.username(), "role", role, "aid", aid));
        }
        changed(s, aid);
    }

    /** Has everything that depends on who may do what looked at anew once the transaction is on disk. */
    void changed(Session s, long aid) {
        s.afterCommit(() -> {
            seers.remove(aid);
            changed.accept(aid);
        });
    }

    /** The same for a user who may do more or less in all its applications. */
    public void changedFor(long uid) {
        database.read(s -> applications(s, uid)).forEach(changed::accept);
    }
}
