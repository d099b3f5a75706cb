package eu.conpaas.director.internal.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.event.Bells;
import eu.conpaas.director.internal.event.Events;
import eu.conpaas.director.internal.git.GitStore;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Row;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.service.archive.ArchiveCheck;

/** Uploaded code versions of services and their start-up scripts, all in the content store. */
public final class CodeVersions {
    /** Type of a version that was pushed; its archive is a packed tar. */
    public static final String GIT = "git";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int ID_LENGTH = 6;
    /** Bytes of a start-up script. */
    public static final int LONGEST_SCRIPT = 1 << 20;
    private static final String STARTUP_SCRIPT = "startup-script";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final ContentStore store;
    private final Events events;
    private final Bells bells;
    private final Clock clock;

    public CodeVersions(Database database, ContentStore store, Events events, Bells bells, Clock clock) {
        this.database = database;
        this.store = store;
        this.events = events;
        this.bells = bells;
        this.clock = clock;
    }

    /** Checks an archive and keeps it as a new version; it is not activated. @throws ApiException BAD_ARCHIVE, TOO_LARGE */
    public CodeVersion add(Service service, Path file, String filename, String description) throws IOException {
        String type = ArchiveCheck.check(file, filename).type();
        ContentStore.Stored stored;
        try (InputStream in = Files.newInputStream(file)) {
            stored = store.put(in, service.uid());
        }
        CodeVersion version = new CodeVersion(newId(), filename, type, description == null ? "" : description, clock.instant(), stored.hash(), stored.size());
        database.write(s -> {
            record(s, service, version);
            return null;
        });
        return version;
    }

    /** Notes a version whose archive is in the content store. */
    public void record(Session s, Service service, CodeVersion version) {
        s.run("INSERT INTO code_version (sid, id, filename, type, description, time, hash, size) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", service.sid(), version.id(),
                version.filename(), version.type(), version.description(), version.time(), version.hash(), version.size());
        ContentStore.refer(s, service.sid(), version.id(), version.hash());
        changed(s, service, version.id(), "added");
    }

    private static String newId() {
        StringBuilder id = new StringBuilder("code-");
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return id.toString();
    }

    /** Newest first. */
    public static List<CodeVersion> list(Session s, long sid) {
        return s.list("SELECT * FROM code_version WHERE sid = ? ORDER BY time DESC, rowid DESC", CodeVersions::of, sid);
    }

    private static CodeVersion of(Row r) throws SQLException {
        return new CodeVersion(r.text("id"), r.text("filename"), r.text("type"), r.text("description"), r.time("time"), r.text("hash"), r.number("size"));
    }

    /** @throws ApiException NOT_FOUND */
    public static CodeVersion get(Session s, long sid, String id) {
        return s.one("SELECT * FROM code_version WHERE sid = ? AND id = ?", CodeVersions::of, sid, id)
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "Invalid codeVersionId: the service has no version " + id + ".",
                        "List its versions to see their ids."));
    }

    /** @throws ApiException CONFLICT if the version is active or the one to roll back to under way */
    public void delete(Service service, String id) {
        database.write(s -> {
            get(s, service.sid(), id);
            Service now = Services.get(s, service.sid());
            boolean target = s.number("SELECT count(*) FROM operation WHERE sid = ? AND finished IS NULL AND json_extract(target, '$.codeVersion') = ?",
                    service.sid(), id) > 0;
            if (id.equals(now.desired().codeVersion()) || target) {
                throw new ApiException(ErrorCode.CONFLICT, "Version " + id + " is active.", "Activate another version first.");
            }
            s.run("DELETE FROM code_version WHERE sid = ? AND id = ?", service.sid(), id);
            ContentStore.letGo(s, service.sid(), id);
            changed(s, service, id, "deleted");
            return null;
        });
    }

    /** Forgets all a service has stored. */
    public void removeAll(Session s, long sid) {
        s.run("DELETE FROM code_version WHERE sid = ?", sid);
        GitStore.removeAll(s, sid);
        ContentStore.letAllGo(s, sid);
    }

    /** Keeps the script for nodes made later. */
    public void setStartupScript(Service service, Path script) throws IOException {
        if (Files.size(script) > LONGEST_SCRIPT) {
            throw new ApiException(ErrorCode.TOO_LARGE, "The script is larger than 1 MiB.", "Have it fetch what it needs.");
        }
        ContentStore.Stored stored;
        try (InputStream in = Files.newInputStream(script)) {
            stored = store.put(in, service.uid());
        }
        database.write(s -> {
            Service now = Services.get(s, service.sid());
            Services.setDesired(s, service.sid(), now.desired().withStartupScript(stored.hash()).withVersion(now.desired().version() + 1));
            ContentStore.refer(s, service.sid(), STARTUP_SCRIPT, stored.hash());
            changed(s, service, STARTUP_SCRIPT, "stored");
            return null;
        });
    }

    /** Keeps the content of the start-up script a service has got, or lets it go. @param hash or null for none */
    public static void keepStartupScript(Session s, long sid, String hash) {
        if (hash == null) {
            ContentStore.letGo(s, sid, STARTUP_SCRIPT);
        } else {
            ContentStore.refer(s, sid, STARTUP_SCRIPT, hash);
        }
    }

    public Optional<Path> startupScript(Service service) {
        return Optional.ofNullable(service.desired().startupScript()).map(store::path);
    }

    private void changed(Session s, Service service, String id, String what) {
        events.add(s, "version", service.uid(), service.aid(), service.sid(), Map.of("id", id, "what", what));
        s.afterCommit(() -> bells.ring(service.sid()));
    }
}
