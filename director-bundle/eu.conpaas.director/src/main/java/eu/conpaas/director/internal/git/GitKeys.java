package eu.conpaas.director.internal.git;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.store.Row;
import eu.conpaas.director.internal.store.Session;

/** The keys that may use a service's repository. */
final class GitKeys {
    private static final int MOST = 100;

    private GitKeys() {
    }

    /** In the order they came in. */
    static List<AuthorizedKey> list(Session s, long sid) {
        return s.list("SELECT * FROM git_key WHERE sid = ? ORDER BY added, rowid", GitKeys::of, sid);
    }

    private static AuthorizedKey of(Row r) throws SQLException {
        String[] words = r.text("key").split(" ");
        return new AuthorizedKey(words[0], words[1], r.text("comment"));
    }

    /** @return how many of them were not there yet */
    static int add(Session s, long sid, List<AuthorizedKey> keys, Instant now) {
        int added = 0;
        for (AuthorizedKey key : keys) {
            added += s.run("INSERT INTO git_key (sid, key, comment, added) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", sid, key.key(), key.comment(), now);
        }
        if (s.number("SELECT count(*) FROM git_key WHERE sid = ?", sid) > MOST) {
            throw new ApiException(ErrorCode.TOO_LARGE, "A service can have " + MOST + " keys.", "Remove keys that are no longer used.");
        }
        return added;
    }

    /**
     * @param named a key as it was uploaded, its fingerprint, or its comment
     * @return how many were removed
     * @throws ApiException NOT_FOUND if there is none
     */
    static int remove(Session s, long sid, String named) {
        List<AuthorizedKey> found = list(s, sid).stream()
                .filter(k -> named.equals(k.fingerprint()) || named.equals(k.comment()) || named.equals(k.line()) || named.equals(k.key()) || named.equals(k.blob())).toList();
        if (found.isEmpty()) {
            throw new ApiException(ErrorCode.NOT_FOUND, "The service has no key " + named + ".", "List its keys; name one by its comment or its SHA256 fingerprint.");
        }
        found.forEach(k -> s.run("DELETE FROM git_key WHERE sid = ? AND key = ?", sid, k.key()));
        return found.size();
    }
}
