package eu.conpaas.director.internal.git;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.GitPush.Update;
import eu.conpaas.api.GitRepository;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.store.Session;

/** The tables that hold the repositories of services: branches and tags, packs of objects (in the content store), settings. */
public final class GitStore {
    private static final int MOST_REFS = 500;

    private GitStore() {
    }

    /** What a manager is told, or null if the service has no repository yet. */
    public static GitRepository view(Session s, long sid) {
        record Settings(long version, String head, boolean activate) {
        }
        Optional<Settings> found = s.one("SELECT * FROM git WHERE sid = ?", r -> new Settings(r.number("version"), r.text("head"), r.flag("activate")), sid);
        return found.map(g -> new GitRepository(g.version, g.head, g.activate, refs(s, sid), packs(s, sid),
                GitKeys.list(s, sid).stream().map(AuthorizedKey::key).toList())).orElse(null);
    }

    static Map<String, String> refs(Session s, long sid) {
        Map<String, String> refs = new HashMap<>();
        s.list("SELECT name, target FROM git_ref WHERE sid = ?", r -> refs.put(r.text("name"), r.text("target")), sid);
        return refs;
    }

    private static List<String> packs(Session s, long sid) {
        return s.list("SELECT hash FROM git_pack WHERE sid = ? ORDER BY n", r -> r.text("hash"), sid);
    }

    /** Makes sure there is a repository, and notes that it changes. */
    static void touch(Session s, long sid) {
        s.run("INSERT INTO git (sid) VALUES (?) ON CONFLICT (sid) DO UPDATE SET version = version + 1", sid);
    }

    static void setHead(Session s, long sid, String branch) {
        s.run("UPDATE git SET head = ? WHERE sid = ?", branch, sid);
    }

    static void setActivate(Session s, long sid, boolean activate) {
        s.run("UPDATE git SET activate = ? WHERE sid = ?", activate, sid);
    }

    /**
     * Moves branches and tags, all of them or none.
     *
     * @return false if all of them are where they should be already, so that the same push repeated changes nothing
     * @throws ApiException CONFLICT if one is not where the push found it
     */
    static boolean move(Session s, long sid, List<Update> updates) {
        Map<String, String> now = refs(s, sid);
        if (!updates.isEmpty() && updates.stream().allMatch(u -> Objects.equals(now.get(u.ref()), u.after()))) {
            return false;
        }
        for (Update update : updates) {
            if (!Objects.equals(now.get(update.ref()), update.before())) {
                throw new ApiException(ErrorCode.CONFLICT, update.ref() + " has been moved by somebody else meanwhile.", "Pull, then push again.");
            }
            if (update.after() == null) {
                s.run("DELETE FROM git_ref WHERE sid = ? AND name = ?", sid, update.ref());
            } else {
                s.run("INSERT INTO git_ref (sid, name, target) VALUES (?, ?, ?) ON CONFLICT (sid, name) DO UPDATE SET target = excluded.target", sid,
                        update.ref(), update.after());
            }
        }
        if (s.number("SELECT count(*) FROM git_ref WHERE sid = ?", sid) > MOST_REFS) {
            throw new ApiException(ErrorCode.TOO_LARGE, "A repository can have " + MOST_REFS + " branches and tags.", "Delete some, then push again.");
        }
        return true;
    }

    static void addPack(Session s, long sid, String hash) {
        s.run("INSERT INTO git_pack (sid, hash) VALUES (?, ?) ON CONFLICT DO NOTHING", sid, hash);
        ContentStore.refer(s, sid, reference(hash), hash);
    }

    /** Lets go of all packs but one. */
    static void keepPack(Session s, long sid, String hash) {
        for (String old : packs(s, sid)) {
            if (!old.equals(hash)) {
                s.run("DELETE FROM git_pack WHERE sid = ? AND hash = ?", sid, old);
                ContentStore.letGo(s, sid, reference(old));
            }
        }
    }

    private static String reference(String hash) {
        return "git-pack " + hash;
    }

    /** Forgets all of a service that is gone; its contents are let go by whoever lets go of all. */
    public static void removeAll(Session s, long sid) {
        for (String table : List.of("git", "git_key", "git_ref", "git_pack")) {
            s.run("DELETE FROM " + table + " WHERE sid = ?", sid);
        }
    }
}
