package eu.conpaas.service.mysql.internal.data.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.supervise.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** The long pieces of work of one agent, by ids the manager gives: started once, however often it asks. They end with the agent's process. */
public final class Tasks implements AutoCloseable {
    private static final int KEPT = 32;
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final Path marks;

    /** @param marks folder that remembers what has been begun */
    public Tasks(Path marks) {
        this.marks = marks;
    }

    /**
     * Starts it, unless it is known.
     *
     * @param repeatable whether it may be done again after the agent ended in the midst of it
     * @throws ApiException STEP_FAILED if it may not and that has happened
     */
    public synchronized void start(String id, boolean repeatable, Task.Work work) throws IOException {
        if (tasks.containsKey(id)) {
            return;
        }
        Path mark = marks.resolve(id.replaceAll("[^A-Za-z0-9-]", "_"));
        if (!repeatable) {
            if (Files.exists(mark)) {
                throw new ApiException(ErrorCode.STEP_FAILED, "The agent ended in the midst of it; a part has been carried out.",
                        "Look at the databases, then do it again.");
            }
            Files.createDirectories(marks);
            AtomicFiles.write(mark, id);
        }
        Task task = new Task(id);
        tasks.values().removeIf(t -> tasks.size() >= KEPT && t.isOver());
        tasks.put(id, task);
        Thread.ofVirtual().name("task " + id).start(() -> {
            task.run(work);
            forget(mark);
        });
    }

    private static void forget(Path mark) {
        try {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            mark.toFile().deleteOnExit();
        }
    }

    /** How it is, after waiting for its end for so long. @return {@code {state: unknown}} if it is not known */
    public Map<String, Object> view(String id, long millis) {
        Task task = find(id);
        if (task == null) {
            return Map.of("state", "unknown");
        }
        try {
            task.await(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("no longer waited for");
        }
        return task.view();
    }

    /** Ends it and waits until it has; not an error if it is not known. */
    public void cancel(String id, long millis) throws InterruptedException {
        Task task = find(id);
        if (task != null) {
            task.cancel().cancel();
            task.await(millis);
        }
    }

    private synchronized Task find(String id) {
        return tasks.get(id);
    }

    @Override
    public synchronized void close() {
        tasks.values().forEach(t -> t.cancel().cancel());
    }
}
