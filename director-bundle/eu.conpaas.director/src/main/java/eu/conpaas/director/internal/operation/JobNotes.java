package eu.conpaas.director.internal.operation;

import eu.conpaas.director.internal.store.Docs;
import eu.conpaas.director.internal.store.Session;
import java.util.Optional;

/**
 * What a job keeps from one step to the next and over a restart of the director, by name. Shown to nobody, and forgotten
 * when the operation ends.
 */
public final class JobNotes {
    private JobNotes() {
    }

    public static void put(Session s, String operation, String name, Object value) {
        s.run("INSERT INTO job_note (operation, name, value) VALUES (?, ?, ?) ON CONFLICT (operation, name) DO UPDATE SET value = excluded.value", operation, name,
                Docs.write(value));
    }

    public static <T> Optional<T> get(Session s, String operation, String name, Class<T> type) {
        return s.one("SELECT value FROM job_note WHERE operation = ? AND name = ?", r -> r.json("value", type), operation, name);
    }

    static void forget(Session s, String operation) {
        s.run("DELETE FROM job_note WHERE operation = ?", operation);
    }
}
