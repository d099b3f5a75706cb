package eu.conpaas.director.internal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;

/**
 * The director's SQLite file. All changes go through one writer thread, which puts transactions that wait together into one
 * commit: a change is on disk (synchronous FULL) when {@link #write} returns, and many writers cost one sync. Readers have
 * connections of their own and never wait for the writer.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int MAX_BATCH = 200;

    private final Path file;
    private final Connection writer;
    private final BlockingQueue<Job<?>> jobs = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedDeque<Connection> readers = new ConcurrentLinkedDeque<>();
    private final Thread thread;
    private volatile boolean closed;

    private record Job<T>(Function<Session, T> work, CompletableFuture<T> result) {
    }

    /** Opens the file, makes it if it is not there, and brings its schema up to date. */
    public Database(Path file) {
        this.file = file;
        makePrivate(file);
        this.writer = connect(false);
        Migrations.run(writer);
        try {
            writer.setAutoCommit(false);
        } catch (SQLException e) {
            throw new StoreException("open " + file, e);
        }
        thread = Thread.ofPlatform().name("store-writer").daemon().start(this::writeLoop);
    }

    /** Password hashes and secrets of services are in it: nobody else reads it, nor the journals, whose modes SQLite takes from it. */
    private static void makePrivate(Path file) {
        try {
            if (Files.notExists(file)) {
                Files.createFile(file);
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new StoreException("make " + file + " private", e);
        }
    }

    /** Runs the work as one transaction and returns when it is on disk. What the work throws rolls it back and is thrown here. */
    public <T> T write(Function<Session, T> work) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("write inside write");
        }
        if (closed) {
            throw new StoreException("the database is closed");
        }
        Job<T> job = new Job<>(work, new CompletableFuture<>());
        jobs.add(job);
        try {
            return job.result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Reads a consistent picture. */
    public <T> T read(Function<Session, T> work) {
        if (closed) {
            throw new StoreException("the database is closed");
        }
        Connection connection = readers.poll();
        if (connection == null) {
            connection = connect(true);
        }
        boolean sound = false;
        try {
            connection.setAutoCommit(false);
            T value = work.apply(new Session(connection));
            sound = true;
            return value;
        } catch (SQLException e) {
            throw new StoreException("read", e);
        } finally {
            giveBack(connection, sound);
        }
    }

    private void giveBack(Connection connection, boolean sound) {
        try {
            connection.rollback();
            if (closed || !sound && readers.size() > 2 || readers.size() > 8) {
                connection.close();
            } else {
                readers.push(connection);
            }
        } catch (SQLException e) {
            LOG.warn("A reader's connection could not be given back: {}", e.getMessage());
        }
    }

    private void writeLoop() {
        List<Job<?>> batch = new ArrayList<>();
        while (true) {
            batch.clear();
            try {
                batch.add(jobs.take());
            } catch (InterruptedException e) {
                return;
            }
            jobs.drainTo(batch, MAX_BATCH - 1);
            commitTogether(batch);
        }
    }

    /** Each transaction has a savepoint of its own, so that one that fails takes no other with it. */
    private void commitTogether(List<Job<?>> batch) {
        List<Runnable> answers = new ArrayList<>();
        List<Runnable> followUps = new ArrayList<>();
        try (Statement statement = writer.createStatement()) {
            for (Job<?> job : batch) {
                runOne(statement, job, answers, followUps);
            }
            writer.commit();
        } catch (SQLException | RuntimeException e) {
            LOG.error("A commit failed; none of {} transactions took place", batch.size(), e);
            rollback();
            batch.forEach(j -> j.result.completeExceptionally(new IllegalStateException("The database failed: " + e.getMessage(), e)));
            return;
        }
        followUps.forEach(Database::runSafely);
        answers.forEach(Runnable::run);
    }

    private <T> void runOne(Statement statement, Job<T> job, List<Runnable> answers, List<Runnable> followUps) throws SQLException {
        Session session = new Session(writer);
        statement.execute("SAVEPOINT job");
        try {
            T value = job.work.apply(session);
            statement.execute("RELEASE job");
            followUps.addAll(session.afterCommit());
            answers.add(() -> job.result.complete(value));
        } catch (RuntimeException e) {
            statement.execute("ROLLBACK TO job");
            statement.execute("RELEASE job");
            answers.add(() -> job.result.completeExceptionally(e));
        }
    }

    private void rollback() {
        try {
            writer.rollback();
        } catch (SQLException e) {
            LOG.error("Rolling back failed", e);
        }
    }

    private static void runSafely(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("An action after a commit failed", e);
        }
    }

    private Connection connect(boolean readOnly) {
        try {
            // straight from the driver: DriverManager looks drivers up by class loader, which fails between bundles
            Connection connection = new JDBC().connect("jdbc:sqlite:" + file, new Properties());
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 10000");
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute("PRAGMA foreign_keys = ON");
                statement.execute("PRAGMA cache_size = -1024");
                if (readOnly) {
                    statement.execute("PRAGMA query_only = ON");
                }
            }
            return connection;
        } catch (SQLException e) {
            throw new StoreException("open " + file, e);
        }
    }

    /** Stops taking work, finishes what is under way and closes all connections. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        write(s -> null);
        closed = true;
        thread.interrupt();
        try {
            thread.join();
            writer.close();
            for (Connection c = readers.poll(); c != null; c = readers.poll()) {
                c.close();
            }
        } catch (SQLException e) {
            LOG.warn("Closing {} failed: {}", file, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        jobs.forEach(j -> j.result.completeExceptionally(new StoreException("the database is closed")));
    }
}
