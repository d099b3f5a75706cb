package eu.conpaas.tests.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Clients that insert rows one after the other and remember which were acknowledged. A client that gets no answer is given up and another takes its place,
 * so that a row is either acknowledged or not, and never inserted twice. The table is {@code load_test.t (id BIGINT PRIMARY KEY)}.
 */
public final class DbWriter implements AutoCloseable {
    private static final int PATIENCE_MS = 2000;
    private final Database database;
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<Long> times = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    /** @param writers how many clients */
    public DbWriter(Database database, int writers) {
        this.database = database;
        for (int w = 0; w < writers; w++) {
            long first = System.nanoTime() / 1000 * 8 + w;
            threads.add(Thread.ofPlatform().name("writer " + w).start(() -> write(first)));
        }
    }

    private void write(long first) {
        long next = first;
        while (!ended) {
            try (Session session = new Session()) {
                while (!ended) {
                    long id = next;
                    next += 8;
                    if (!session.inserted(id)) {
                        break;
                    }
                    acknowledged.add(id);
                    times.add(System.nanoTime());
                }
            } catch (IOException | InterruptedException e) {
                // the server has gone; the next session finds it again
                next += 8;
            }
        }
    }

    /** One client program with one connection. */
    private final class Session implements AutoCloseable {
        private final Process process;
        private final OutputStream in;
        private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

        Session() throws IOException {
            ProcessBuilder builder = database.client(Database.WRITES, "--unbuffered", "--skip-reconnect").redirectError(ProcessBuilder.Redirect.DISCARD);
            process = builder.start();
            in = process.getOutputStream();
            Thread.ofVirtual().start(() -> {
                try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                    out.lines().forEach(lines::add);
                } catch (IOException | java.io.UncheckedIOException e) {
                    lines.add("gone");
                }
                lines.add("gone");
            });
        }

        boolean inserted(long id) throws IOException, InterruptedException {
            in.write(("INSERT INTO load_test.t VALUES (" + id + "); SELECT 'ok';\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
            return "ok".equals(lines.poll(PATIENCE_MS, TimeUnit.MILLISECONDS));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** Ids of the rows that were acknowledged until now. */
    public Set<Long> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** Waits until another row has been acknowledged. */
    public void proceed() {
        int before = times.size();
        Wait.until("a row is acknowledged", 90, () -> times.size() > before + 5);
    }

    /** The longest time without an acknowledgement since a moment, in milliseconds. @param since as of {@code System.nanoTime()} */
    public long longestPause(long since) {
        long longest = 0;
        long last = since;
        for (long time : times.stream().sorted().toList()) {
            if (time > since) {
                longest = Math.max(longest, time - last);
                last = time;
            }
        }
        return longest / 1_000_000;
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
