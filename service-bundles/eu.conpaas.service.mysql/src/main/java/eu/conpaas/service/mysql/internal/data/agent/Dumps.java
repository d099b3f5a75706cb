package eu.conpaas.service.mysql.internal.data.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Download;
import eu.conpaas.service.mysql.internal.engine.MariaServer;
import eu.conpaas.service.mysql.internal.engine.Program;
import eu.conpaas.service.mysql.internal.engine.ProgramException;
import eu.conpaas.service.mysql.internal.engine.ServerPlace;
import eu.conpaas.service.mysql.internal.engine.Sql;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/** Databases as SQL, in and out, as streams: memory use does not depend on their size. */
public final class Dumps {
    private static final Set<String> SYSTEM = Set.of("mysql", "sys", "information_schema", "performance_schema");
    private static final Pattern LINE = Pattern.compile("ERROR .* at line (\\d+)");
    private static final List<String> SAME = List.of("--skip-comments", "--skip-dump-date", "--order-by-primary");
    private static final int BUFFER = 64 << 10;
    private final MariaServer server;

    public Dumps(MariaServer server) {
        this.server = server;
    }

    /**
     * Carries out the statements of a file on this server.
     *
     * @param name what the user calls the file
     * @throws ApiException INVALID_ARGUMENT with line and error if the server refuses one; those before it have been carried out
     */
    Map<String, Object> load(Path file, String name, Task task) throws IOException {
        long size = Math.max(1, Files.size(file));
        AtomicLong said = new AtomicLong();
        List<String> command = new ArrayList<>(Sql.client(server.place().socket()));
        // Commands of the client itself, such as one that starts a shell, are text like any other.
        command.addAll(List.of("--batch", "--binary-mode", "--sandbox"));
        try {
            new Program(command).cancel(task.cancel()).input(out -> {
                try (InputStream in = DumpInput.open(file, done -> progress(done, size, name, said, task))) {
                    SystemTables filter = new SystemTables(out);
                    in.transferTo(filter);
                    filter.finish();
                }
            }).run(in -> in.transferTo(OutputStream.nullOutputStream()));
        } catch (ProgramException e) {
            throw refused(name, e);
        } catch (EOFException | ZipException e) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, name + " is damaged or cut off" + (e.getMessage() == null ? "" : ": " + e.getMessage())
                    + ". What could be read has been carried out.", "Upload the whole file.", e);
        }
        return Map.of("bytes", size);
    }

    private static void progress(long done, long size, String name, AtomicLong said, Task task) {
        long percent = 100 * done / size;
        if (said.getAndSet(percent) != percent) {
            task.word(percent + " % of " + name + " (" + (done >> 20) + " of " + (size >> 20) + " MiB)");
        }
    }

    private static ApiException refused(String name, ProgramException e) {
        Matcher line = LINE.matcher(e.output());
        boolean statement = line.find();
        return new ApiException(statement ? ErrorCode.INVALID_ARGUMENT : ErrorCode.STEP_FAILED, statement
                ? name + " failed at line " + line.group(1) + ": " + e.output().strip() + ". What stands before that line has been carried out."
                : name + " could not be loaded: " + e.getMessage(), "Correct the dump and load it again.", e);
    }

    /** Databases users have made. */
    List<String> databases() throws IOException {
        return server.sql().names("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA ORDER BY SCHEMA_NAME").stream().map(List::getFirst).filter(d -> !SYSTEM.contains(d)).toList();
    }

    /**
     * All users' databases as they are at one moment, or one of them; nobody is kept from writing meanwhile.
     *
     * @param database one database, or empty for all
     * @param compress {@code none} or {@code gz}
     * @throws ApiException NOT_FOUND if there is no such database, CONFLICT if something in them cannot be dumped
     */
    public Download dump(String database, String compress) throws IOException {
        List<String> databases = databases();
        if (!database.isEmpty()) {
            if (!databases.contains(database)) {
                throw new ApiException(ErrorCode.NOT_FOUND, "There is no database '" + database + "'.", "Databases: " + String.join(", ", databases));
            }
            databases = List.of(database);
        }
        new Dumpable(server.sql()).check(databases);
        List<String> all = databases;
        boolean gz = compress.equals("gz");
        return new Download("dump.sql" + (gz ? ".gz" : ""), "application/octet-stream", -1, out -> {
            if (gz) {
                GZIPOutputStream packed = new GZIPOutputStream(out, BUFFER);
                write(all, packed);
                packed.finish();
            } else {
                write(all, out);
            }
        });
    }

    /** All users' databases, compressed, such that the same databases give the same bytes. */
    void export(OutputStream out) throws IOException {
        List<String> databases = databases();
        new Dumpable(server.sql()).check(databases);
        GZIPOutputStream packed = new GZIPOutputStream(out, BUFFER);
        write(databases, packed, SAME);
        packed.finish();
    }

    /**
     * Takes in what {@link #export} has given, and reads it again.
     *
     * @throws ApiException STEP_FAILED if what is there afterwards is not the same
     */
    Map<String, Object> take(Path file, Task task) throws IOException {
        load(file, "the databases", task);
        task.word("reading the databases again");
        MessageDigest wanted = sha256();
        try (InputStream in = DumpInput.open(file, read -> task.cancel().check())) {
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), wanted));
        }
        MessageDigest there = sha256();
        write(databases(), new DigestOutputStream(OutputStream.nullOutputStream(), there), SAME);
        if (!MessageDigest.isEqual(wanted.digest(), there.digest())) {
            throw new ApiException(ErrorCode.STEP_FAILED, "The databases are not the same as those that were exported.",
                    "Import into a service with the same release of MariaDB, or load a dump.");
        }
        return Map.of();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void write(List<String> databases, OutputStream out) throws IOException {
        write(databases, out, List.of());
    }

    private void write(List<String> databases, OutputStream out, List<String> options) throws IOException {
        if (databases.isEmpty()) {
            out.write("-- There are no databases.\n".getBytes(StandardCharsets.UTF_8));
            return;
        }
        List<String> command = new ArrayList<>(List.of(ServerPlace.program("mariadb-dump"), "--no-defaults", "--protocol=socket",
                "--socket=" + server.place().socket(), "--user=" + ServerPlace.account(), "--single-transaction", "--quick", "--routines", "--events", "--triggers",
                "--hex-blob", "--default-character-set=utf8mb4", "--max-allowed-packet=1G"));
        command.addAll(options);
        command.addAll(List.of("--databases", "--"));
        command.addAll(databases);
        try {
            new Program(command).run(in -> in.transferTo(out));
        } catch (ProgramException e) {
            throw new ApiException(ErrorCode.STEP_FAILED, "The dump failed: " + e.output().strip(), "See the node's log.", e);
        }
    }
}
