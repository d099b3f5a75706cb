package eu.conpaas.service.mysql.internal.data.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.archive.Unpacker;
import eu.conpaas.service.mysql.internal.data.backup.Backup;
import eu.conpaas.service.mysql.internal.data.backup.BackupStore;
import eu.conpaas.service.mysql.internal.data.backup.Moment;
import eu.conpaas.service.mysql.internal.engine.DataFolder;
import eu.conpaas.service.mysql.internal.engine.MariaServer;
import eu.conpaas.service.mysql.internal.engine.ServerPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes the databases as they were: beside the data in use, which serve on until the new ones take their place. The data replaced stay until all is over.
 */
final class Restorer {
    /** Files that a copy brings along and a server does not need. */
    private static final String OF_THE_COPY = "xtrabackup_.*|backup-my\\.cnf|mariadb_backup_.*|master-.*|relay-.*|side\\..*";
    private static final String READY = "conpaas.restored";
    private final MariaServer server;
    private final BackupStore store;
    private final Archive archive;
    private final DataFolder data;

    Restorer(MariaServer server, BackupStore store, Archive archive) {
        this.server = server;
        this.store = store;
        this.archive = archive;
        this.data = new DataFolder(server.place());
    }

    /**
     * Prepares the databases as they were at the end of a second, or at the end of a backup.
     *
     * @param id   backup to begin with, or empty for the latest before the time
     * @param time the second, or null for the backup alone
     * @param mark identifies the restore
     */
    Map<String, Object> prepare(String id, Instant time, String mark, Task task) throws IOException {
        Backup backup = id.isEmpty() ? before(time) : store.get(id);
        if (time != null && time.getEpochSecond() < backup.time()) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "The backup " + backup.id() + " was made after " + Moment.forPrograms(time) + ".",
                    "Choose an earlier backup or a later time.");
        }
        Path fresh = staging();
        drop(fresh);
        server.place().user().folder(fresh);
        try {
            new BaseBackup(server, store).unpack(backup, fresh, task);
            if (time != null) {
                long until = archive.until(backup.history());
                if (time.getEpochSecond() > until) {
                    throw new ApiException(ErrorCode.INVALID_ARGUMENT, "What was written up to " + Moment.forPrograms(time)
                            + " is not known; the backups reach to " + Moment.forPrograms(Instant.ofEpochSecond(until)) + ".", "Choose an earlier time.");
                }
            }
            replay(backup, time, fresh, task);
            tidy(fresh);
            Files.writeString(fresh.resolve(READY), mark);
        } catch (IOException | RuntimeException e) {
            Unpacker.delete(fresh);
            throw e;
        }
        return Map.of("backup", backup.id());
    }

    private Backup before(Instant time) throws IOException {
        return store.list().stream().filter(b -> b.time() <= time.getEpochSecond()).findFirst().orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND,
                "There is no backup from before " + Moment.forPrograms(time) + ".", "See list_backups for the times to which the databases can be put back."));
    }

    private void replay(Backup backup, Instant time, Path fresh, Task task) throws IOException {
        try (SideServer side = new SideServer(server.place(), fresh, task.cancel())) {
            side.awaitReady(task.cancel());
            // Where this copy once followed a master is of no use to a server that begins a history.
            side.sql().run("SET GLOBAL gtid_slave_pos = ''");
            if (time != null) {
                new Replay(archive, backup.history(), task).run(Position.of(backup.gtid()), time, side.socket());
            }
            side.shutdown();
        }
    }

    private static void tidy(Path fresh) throws IOException {
        try (Stream<Path> files = Files.list(fresh)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches(OF_THE_COPY)).toList()) {
                Unpacker.delete(file);
            }
        }
    }

    /** Puts what was prepared in the place of the data; the server must not run. Done again, it does nothing. */
    void putInPlace(String mark) throws IOException {
        Path fresh = staging();
        if (!mark.equals(marked(fresh))) {
            if (mark.equals(marked(server.place().data()))) {
                return;
            }
            throw new ApiException(ErrorCode.STEP_FAILED, "What was prepared to be put back is no longer there.", "Restore the backup again.");
        }
        if (Files.exists(server.place().data())) {
            Unpacker.delete(replaced());
            Files.move(server.place().data(), replaced(), StandardCopyOption.ATOMIC_MOVE);
        }
        data.replace(fresh);
    }

    private static String marked(Path folder) throws IOException {
        Path file = folder.resolve(READY);
        return Files.isRegularFile(file) ? Files.readString(file) : "";
    }

    /** Drops what was prepared, and what was replaced. */
    void forget() throws IOException {
        drop(staging());
        Unpacker.delete(replaced());
    }

    private static void drop(Path fresh) throws IOException {
        SideServer.endLeft(fresh);
        Unpacker.delete(fresh);
    }

    private Path staging() {
        return data.beside("restored");
    }

    private Path replaced() {
        return data.beside("replaced");
    }

    /** Where the server is. */
    ServerPlace place() {
        return server.place();
    }
}
