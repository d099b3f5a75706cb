package eu.conpaas.service.mysql.internal.data.agent;

import eu.conpaas.service.archive.Unpacker;
import eu.conpaas.service.mysql.internal.data.backup.Backup;
import eu.conpaas.service.mysql.internal.data.backup.BackupStore;
import eu.conpaas.service.mysql.internal.engine.MariaServer;
import eu.conpaas.service.mysql.internal.engine.Program;
import eu.conpaas.service.mysql.internal.engine.ServerPlace;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;

/** Whole copies of the running server's files, taken while it goes on, and made files again. */
final class BaseBackup {
    private static final Pattern GTID = Pattern.compile("GTID of the last change '([^']*)'");
    private static final int LEVEL = 1;
    private static final int BUFFER = 256 << 10;
    private final MariaServer server;
    private final BackupStore store;

    BaseBackup(MariaServer server, BackupStore store) {
        this.server = server;
        this.store = store;
    }

    /** What a backup is to be called. */
    record Wanted(String id, String description, int history, boolean automatic) {
    }

    /** @throws IOException if it could not be made whole; nothing of it is left then */
    Backup make(Wanted wanted, Task task) throws IOException {
        Path data = store.begin(wanted.id());
        Path scratch = server.place().folder("tmp").resolve("backup-" + wanted.id());
        try {
            Unpacker.delete(scratch);
            Files.createDirectories(scratch);
            String said = copy(data, scratch, task);
            Matcher gtid = GTID.matcher(said);
            if (!said.contains("completed OK!")) {
                throw new IOException("mariadb-backup did not finish: " + said.strip());
            }
            Backup backup = new Backup(wanted.id(), wanted.description(), Instant.now().getEpochSecond() + 1, gtid.find() ? gtid.group(1) : "",
                    wanted.history(), Files.size(data), wanted.automatic());
            task.cancel().check();
            store.finish(backup);
            return backup;
        } catch (IOException | RuntimeException e) {
            store.abandon(wanted.id());
            throw e;
        } finally {
            Unpacker.delete(scratch);
        }
    }

    private String copy(Path data, Path scratch, Task task) throws IOException {
        List<String> command = List.of(ServerPlace.program("mariadb-backup"), "--no-defaults", "--backup", "--stream=mbstream",
                "--datadir=" + server.place().data(), "--socket=" + server.place().socket(), "--user=" + ServerPlace.account(), "--target-dir=" + scratch,
                "--tmpdir=" + scratch);
        String said;
        try (OutputStream packed = ZstdCompressorOutputStream.builder().setOutputStream(Files.newOutputStream(data, StandardOpenOption.CREATE_NEW))
                .setLevel(LEVEL).get()) {
            said = new Program(command).cancel(task.cancel()).run(in -> pump(in, packed, task, "backed up"));
        }
        try (FileChannel file = FileChannel.open(data, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        return said;
    }

    private static void pump(InputStream in, OutputStream out, Task task, String what) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            long before = bytes >> 20;
            bytes += n;
            if (bytes >> 20 != before) {
                task.word((bytes >> 20) + " MiB " + what);
            }
        }
    }

    /** Makes the files of a backup into a data folder that a server can use, belonging to the server's user. */
    void unpack(Backup backup, Path folder, Task task) throws IOException {
        ServerPlace place = server.place();
        List<String> unpack = new ArrayList<>(place.user().prefix());
        unpack.addAll(List.of(ServerPlace.program("mbstream"), "-x", "-C", folder.toString()));
        new Program(unpack).cancel(task.cancel()).input(out -> {
            try (InputStream in = new ZstdCompressorInputStream(new BufferedInputStream(Files.newInputStream(store.data(backup)), BUFFER))) {
                pump(in, out, task, "unpacked");
            }
        }).text();
        List<String> prepare = new ArrayList<>(place.user().prefix());
        prepare.addAll(List.of(ServerPlace.program("mariadb-backup"), "--no-defaults", "--prepare", "--target-dir=" + folder, "--tmpdir=" + place.folder("tmp")));
        task.word("making the files consistent");
        new Program(prepare).in(folder).cancel(task.cancel()).text();
    }
}
