package eu.conpaas.director.internal.operation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Has every open operation driven by exactly one runner. */
public final class Engine implements AutoCloseable {
    private final Core core;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final Map<String, Thread> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public Engine(Core core) {
        this.core = core;
    }

    /** Goes on with all that was unfinished when the last director ended. */
    public void resume() {
        core.database().read(Operations::open).forEach(op -> start(op.id()));
    }

    void start(String operation) {
        running.computeIfAbsent(operation, id -> closed ? null : Thread.ofVirtual().name("operation " + id).start(() -> {
            try {
                runner(id).run();
            } finally {
                running.remove(id);
            }
        }));
    }

    void register(Job job) {
        jobs.put(job.kind(), job);
    }

    private Runnable runner(String id) {
        OperationRow op = core.database().read(s -> Operations.get(s, id));
        return op.sid() == 0 ? new JobRunner(core, jobs.get(op.kind()), id) : new Runner(core, id);
    }

    @Override
    public void close() {
        closed = true;
        running.values().forEach(Thread::interrupt);
        for (Thread thread : running.values()) {
            try {
                thread.join(2000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
