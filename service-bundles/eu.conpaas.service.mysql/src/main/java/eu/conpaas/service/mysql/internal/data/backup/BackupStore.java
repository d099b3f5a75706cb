package eu.conpaas.service.mysql.internal.data.backup;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Json;
import eu.conpaas.service.archive.Unpacker;
import eu.conpaas.service.supervise.AtomicFiles;
import eu.conpaas.service.supervise.EngineUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The service's backups, in the folder that its nodes share: {@code base/<id>/} with one file of data and one that describes it, and the archive of binary
 * logs. A backup is there from the moment its folder has its name; the folder of one being made begins with a dot.
 */
public final class BackupStore {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final String FACTS = "backup.json";
    private static final String DATA = "data.mbstream.zst";
    private final Path folder;
    private final EngineUser owner;

    /** @param shared folder of the service, or null where the cloud has none */
    public BackupStore(Path shared, EngineUser owner) {
        this.folder = shared == null ? null : shared.resolve("backups");
        this.owner = owner;
    }

    /** Whether there is a place for backups. */
    public boolean isAvailable() {
        return folder != null;
    }

    /** @throws ApiException CONFLICT if there is no place for backups */
    public BackupStore require() {
        if (folder == null) {
            throw new ApiException(ErrorCode.CONFLICT, "This cloud has no folder that survives its nodes, so backups would not either.",
                    "Use sqldump, or a cloud with shared folders.");
        }
        return this;
    }

    /** The archive of binary logs. */
    public Path archive() {
        return folder.resolve("log");
    }

    /** Newest first. */
    public List<Backup> list() throws IOException {
        List<Backup> found = new ArrayList<>();
        if (folder != null && Files.isDirectory(base())) {
            try (Stream<Path> folders = Files.list(base())) {
                for (Path one : folders.filter(f -> ID.matcher(f.getFileName().toString()).matches() && Files.isRegularFile(f.resolve(FACTS))).toList()) {
                    found.add(Json.read(Files.readString(one.resolve(FACTS)), Backup.class));
                }
            }
        }
        found.sort(Comparator.comparingLong(Backup::time).thenComparing(Backup::id).reversed());
        return found;
    }

    /** @throws ApiException NOT_FOUND */
    public Backup get(String id) throws IOException {
        return list().stream().filter(b -> b.id().equals(id)).findFirst().orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND,
                "There is no backup '" + id + "'.", "See list_backups."));
    }

    /** The data of a backup. */
    public Path data(Backup backup) {
        return base().resolve(backup.id()).resolve(DATA);
    }

    /** Where the data of a new backup go until {@link #finish}; empty. */
    public Path begin(String id) throws IOException {
        Path part = part(id);
        Unpacker.delete(part);
        owner.folder(part);
        return part.resolve(DATA);
    }

    /** Makes a backup whose data have been written one that is there. */
    public void finish(Backup backup) throws IOException {
        AtomicFiles.write(part(backup.id()).resolve(FACTS), Json.write(backup));
        delete(backup.id());
        Files.move(part(backup.id()), base().resolve(backup.id()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what {@link #begin} began. */
    public void abandon(String id) throws IOException {
        Unpacker.delete(part(id));
    }

    /** Deletes a backup; one that is not there is no error. */
    public void delete(String id) throws IOException {
        Path gone = base().resolve(".gone-" + checked(id));
        Unpacker.delete(gone);
        if (Files.isDirectory(base().resolve(id))) {
            Files.move(base().resolve(id), gone, StandardCopyOption.ATOMIC_MOVE);
            Unpacker.delete(gone);
        }
    }

    private Path base() {
        return folder.resolve("base");
    }

    private Path part(String id) {
        return base().resolve(".new-" + checked(id));
    }

    private static String checked(String id) {
        if (!ID.matcher(id).matches()) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:'" + id + "' cannot be the id of a backup.", "See list_backups.");
        }
        return id;
    }
}
