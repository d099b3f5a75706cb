package eu.conpaas.director.internal.transfer;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ExportView;
import eu.conpaas.director.internal.store.Docs;
import eu.conpaas.director.internal.store.Row;
import eu.conpaas.director.internal.store.Session;

/** The tables of exports and of the contents each holds on to. */
final class Exports {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Exports() {
    }

    /**
     * A stored export.
     *
     * @param operation that makes it, or null if it was uploaded
     * @param index     the document as it stands in the file, byte for byte (UTF-8)
     * @param size      of the file; with {@code sha256} null while it is being made
     */
    record Stored(String id, long uid, long aid, String operation, Instant expires, String index, long size, String sha256) {
        ExportDoc doc() {
            return Docs.read(index, ExportDoc.class);
        }

        ExportFile file() {
            return new ExportFile(index.getBytes(StandardCharsets.UTF_8), doc());
        }

        ExportView view() {
            ExportDoc doc = doc();
            List<String> services = doc.services().stream().map(s -> s.name() + " (" + s.type() + ")").toList();
            return new ExportView(id, doc.application(), aid, services, operation, doc.created(), expires, size, sha256);
        }

        /** @throws ApiException WRONG_STATE while it is being made */
        Stored ready() {
            if (sha256 == null) {
                throw new ApiException(ErrorCode.WRONG_STATE, "Export " + id + " is still being made.", "Wait until operation " + operation + " has finished.");
            }
            return this;
        }
    }

    static String newId() {
        byte[] random = new byte[6];
        RANDOM.nextBytes(random);
        return "ex-" + HexFormat.of().formatHex(random);
    }

    static void insert(Session s, Stored export) {
        s.run("INSERT INTO export (id, uid, aid, operation, created, expires, doc, size, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", export.id, export.uid, export.aid,
                export.operation, export.doc().created(), export.expires, export.index, export.size, export.sha256);
        hold(s, export.id, export.doc().hashes());
    }

    /** Keeps contents from being collected. */
    static void hold(Session s, String id, Collection<String> hashes) {
        hashes.forEach(hash -> s.run("INSERT INTO export_content (export, hash) VALUES (?, ?) ON CONFLICT DO NOTHING", id, hash));
    }

    /** The file can be had now; contents that are not in it are held no longer. */
    static void finish(Session s, String id, String index, long size, String sha256, Instant expires) {
        s.run("UPDATE export SET doc = ?, size = ?, sha256 = ?, expires = ? WHERE id = ?", index, size, sha256, expires, id);
        s.run("DELETE FROM export_content WHERE export = ?", id);
        hold(s, id, Docs.read(index, ExportDoc.class).hashes());
    }

    static Optional<Stored> find(Session s, String id) {
        return s.one("SELECT * FROM export WHERE id = ?", Exports::of, id);
    }

    static Optional<Stored> ofOperation(Session s, String operation) {
        return s.one("SELECT * FROM export WHERE operation = ?", Exports::of, operation);
    }

    /** @throws ApiException NOT_FOUND also for somebody else's */
    static Stored get(Session s, long uid, String id) {
        return find(s, id).filter(e -> e.uid == uid).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no export " + id + ".",
                "List your exports to see their ids."));
    }

    /** Newest first. */
    static List<Stored> list(Session s, long uid) {
        return s.list("SELECT * FROM export WHERE uid = ? ORDER BY created DESC, rowid DESC", Exports::of, uid);
    }

    /** Forgets it; what nobody else refers to is collected. */
    static void remove(Session s, String id) {
        s.run("DELETE FROM export_content WHERE export = ?", id);
        s.run("DELETE FROM export WHERE id = ?", id);
    }

    /** Forgets what is ready and has had its days, unless an import of it is under way. */
    static void expire(Session s, Instant now) {
        s.list("SELECT id FROM export WHERE expires < ? AND sha256 IS NOT NULL", r -> r.text("id"), now).stream().filter(id -> !isWanted(s, id))
                .forEach(id -> remove(s, id));
    }

    /** Whether an import of it is under way. */
    static boolean isWanted(Session s, String id) {
        return s.number("SELECT count(*) FROM job_note n JOIN operation o ON o.id = n.operation WHERE o.finished IS NULL AND n.name = ? AND n.value = ?",
                ImportJob.EXPORT, Docs.write(id)) > 0;
    }

    private static Stored of(Row r) throws SQLException {
        return new Stored(r.text("id"), r.number("uid"), r.number("aid"), r.text("operation"), r.time("expires"), r.text("doc"), r.number("size"),
                r.text("sha256"));
    }
}
