package eu.conpaas.service.mysql.internal.data.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.manager.Cancel;
import eu.conpaas.service.mysql.internal.engine.Program;
import eu.conpaas.service.mysql.internal.engine.ServerPlace;
import eu.conpaas.service.mysql.internal.engine.Sql;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server on a data folder that nobody uses yet, beside the one in use: reached by a socket of its own only, writing no binary log. */
final class SideServer implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofMinutes(3);
    private static final long LOOK_MS = 50;
    private static final String PID = "side.pid";
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final Path socket;
    private final Sql sql;

    SideServer(ServerPlace place, Path data, Cancel cancel) throws IOException {
        socket = place.socket().resolveSibling("side.sock");
        Files.deleteIfExists(socket);
        sql = new Sql(socket);
        List<String> command = new ArrayList<>(place.user().prefix());
        command.addAll(List.of(ServerPlace.program("mariadbd"), "--no-defaults", "--datadir=" + data, "--socket=" + socket, "--pid-file=" + data.resolve(PID),
                "--tmpdir=" + place.folder("tmp"), "--skip-networking", "--skip-log-bin", "--skip-slave-start", "--skip-name-resolve", "--performance-schema=0",
                "--innodb-buffer-pool-size=64M", "--aria-pagecache-buffer-size=8M", "--key-buffer-size=1M", "--max-allowed-packet=1G",
                "--innodb-flush-log-at-trx-commit=2", "--gtid-strict-mode=0", "--event-scheduler=OFF", "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_general_ci"));
        Thread.ofVirtual().name("side-server").start(() -> run(command, data, cancel));
    }

    /** Ends the one that an agent before this one has left running on a folder. */
    static void endLeft(Path data) throws IOException {
        Path note = data.resolve(PID);
        if (Files.isRegularFile(note)) {
            String pid = Files.readString(note).strip();
            Path command = Path.of("/proc", pid, "cmdline");
            if (pid.matches("\\d+") && Files.isReadable(command) && Files.readString(command).contains("--datadir=" + data)) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private void run(List<String> command, Path data, Cancel cancel) {
        try {
            ended.complete(new Program(command).in(data).cancel(cancel).run(in -> in.transferTo(OutputStream.nullOutputStream())));
        } catch (IOException | RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    Path socket() {
        return socket;
    }

    Sql sql() {
        return sql;
    }

    /** Returns once it answers. @throws IOException why it ended instead */
    void awaitReady(Cancel cancel) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!Files.exists(socket) || !sql.answers()) {
            cancel.check();
            if (ended.isDone() || System.nanoTime() > deadline) {
                throw new ApiException(ErrorCode.STEP_FAILED, "The databases of the backup do not open: " + why(), "Try another backup.");
            }
            pause();
        }
    }

    private String why() {
        try {
            return ended.isDone() ? ended.get() : "they take too long";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "no longer wanted";
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause().getMessage());
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("no longer wanted");
        }
    }

    /** Ends it properly, so that its files are whole. @throws IOException if it does not end so */
    void shutdown() throws IOException {
        sql.run("SET GLOBAL innodb_fast_shutdown = 1", "SHUTDOWN");
        try {
            ended.get(STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("no longer wanted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the server does not end", e);
        }
    }

    /** Ends it if it still runs. */
    @Override
    public void close() throws IOException {
        if (!ended.isDone()) {
            shutdown();
        }
        Files.deleteIfExists(socket);
    }
}
