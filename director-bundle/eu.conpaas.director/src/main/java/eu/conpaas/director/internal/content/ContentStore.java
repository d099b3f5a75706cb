package eu.conpaas.director.internal.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.rpc.Upload;
import eu.conpaas.service.plan.StoredFile;

/**
 * Files by SHA-256, each kept once however often it is referred to. A file is on disk before any row names it; files without a
 * reference are removed an hour after they came.
 */
public final class ContentStore {
    private static final Duration GRACE = Duration.ofHours(1);
    private static final String OPERATION = "operation:";

    private final Database database;
    private final Path folder;
    private final long quota;
    private final Clock clock;

    /** @param quota bytes each user may keep */
    public ContentStore(Database database, Path userData, long quota, Clock clock) {
        this.database = database;
        this.folder = userData.resolve("content");
        this.quota = quota;
        this.clock = clock;
    }

    /** A stored file. */
    public record Stored(String hash, long size) {
    }

    /** Writes a file. */
    @FunctionalInterface
    public interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Takes a file in, as a stream. @throws ApiException TOO_LARGE if the user's quota does not allow it */
    public Stored put(InputStream in, long uid) throws IOException {
        try (in) {
            return put(out -> in.transferTo(out), uid);
        }
    }

    /** Takes in what is written. @throws ApiException TOO_LARGE if the user's quota does not allow it */
    public Stored put(Source source, long uid) throws IOException {
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "part-", "");
        try {
            Intake intake;
            try (FileChannel to = FileChannel.open(part, StandardOpenOption.WRITE)) {
                intake = new Intake(to, sha256(), quota - used(uid), quota);
                source.writeTo(intake);
                to.force(true);
            }
            String hash = intake.hash();
            long length = intake.size();
            Files.createDirectories(path(hash).getParent());
            Files.move(part, path(hash), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            database.write(s -> s.run("INSERT INTO content (hash, size, uid, created) VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO UPDATE SET created = excluded.created",
                    hash, length, uid, clock.instant()));
            return new Stored(hash, length);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Takes in a file that came with a change. */
    public StoredFile put(Upload upload, long uid) throws IOException {
        try (InputStream in = Files.newInputStream(upload.path())) {
            Stored stored = put(in, uid);
            return new StoredFile(stored.hash(), upload.filename(), stored.size());
        }
    }

    private long used(long uid) {
        return database.read(s -> s.number("SELECT coalesce(sum(size), 0) FROM content WHERE uid = ?", uid));
    }

    /** Bytes of each file, by hash. @throws ApiException NOT_FOUND if one is not here */
    public Map<String, Long> sizes(Collection<String> hashes) {
        return database.read(s -> {
            Map<String, Long> sizes = new TreeMap<>();
            for (String hash : hashes) {
                sizes.put(hash, s.one("SELECT size FROM content WHERE hash = ?", r -> r.number("size"), hash).orElseThrow(
                        () -> new ApiException(ErrorCode.NOT_FOUND, "Content " + hash + " is missing.", "Tell the operator to look at the store.")));
            }
            return sizes;
        });
    }

    /** Where the file of a hash is (or would be). */
    public Path path(String hash) {
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "\"" + hash + "\" is no SHA-256.", "Give 64 hexadecimal digits.");
        }
        return folder.resolve(hash.substring(0, 2)).resolve(hash);
    }

    /** Has a service refer to a file under a name of its own; what that name referred to before is let go. */
    public static void refer(Session s, long sid, String what, String hash) {
        s.run("INSERT INTO content_ref (hash, sid, what) VALUES (?, ?, ?) ON CONFLICT (sid, what) DO UPDATE SET hash = excluded.hash", hash, sid, what);
    }

    public static void letGo(Session s, long sid, String what) {
        s.run("DELETE FROM content_ref WHERE sid = ? AND what = ?", sid, what);
    }

    /** Has an operation refer to a file that came with its request, until {@link #operationEnds}. */
    public static void referFor(Session s, long sid, String operation, String hash) {
        refer(s, sid, OPERATION + operation + ":" + hash, hash);
    }

    /** Lets go of what came with the operation's request. */
    public static void operationEnds(Session s, long sid, String operation) {
        s.run("DELETE FROM content_ref WHERE sid = ? AND what >= ? AND what < ?", sid, OPERATION + operation + ":", OPERATION + operation + ";");
    }

    /** Lets go of everything whose name begins so. */
    public static void letGoOf(Session s, long sid, String prefix) {
        s.run("DELETE FROM content_ref WHERE sid = ? AND substr(what, 1, ?) = ?", sid, prefix.length(), prefix);
    }

    static void letAllGo(Session s, long sid) {
        s.run("DELETE FROM content_ref WHERE sid = ?", sid);
    }

    /** Whether the service refers to the file. */
    public boolean isReferred(long sid, String hash) {
        return database.read(s -> s.number("SELECT count(*) FROM content_ref WHERE sid = ? AND hash = ?", sid, hash)) > 0;
    }

    /** Removes files nothing refers to. The row goes first: a file without a row is harmless. */
    public void collect() {
        List<String> removed = database.write(s -> {
            List<String> unused = s.list("SELECT hash FROM content WHERE created < ? AND hash NOT IN (SELECT hash FROM content_ref)"
                    + " AND hash NOT IN (SELECT hash FROM export_content)", r -> r.text("hash"),
                    clock.instant().minus(GRACE));
            unused.forEach(hash -> s.run("DELETE FROM content WHERE hash = ?", hash));
            return unused;
        });
        for (String hash : removed) {
            try {
                Files.deleteIfExists(path(hash));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
