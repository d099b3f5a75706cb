package eu.conpaas.service.mysql.internal.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work that may take hours, so that no single call has to wait for it. Lost with the agent: who waits is told, and begins anew. */
final class Jobs {
    private final Map<String, CompletableFuture<Void>> jobs = new ConcurrentHashMap<>();

    /** Work that may fail. */
    interface Work {
        void run() throws Exception;
    }

    /** Begins a job; does nothing if one of this name has been begun. */
    void start(String name, Work work) {
        CompletableFuture<Void> job = new CompletableFuture<>();
        if (jobs.putIfAbsent(name, job) != null) {
            return;
        }
        Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
                job.complete(null);
            } catch (Exception e) {
                job.completeExceptionally(e);
            }
        });
    }

    /** Whether it is done. @throws Exception why it failed, or ApiException NOT_FOUND if this agent knows of none */
    boolean done(String name, long seconds) throws Exception {
        CompletableFuture<Void> job = jobs.get(name);
        if (job == null) {
            throw new ApiException(ErrorCode.NOT_FOUND, name + " has been cut short.", "Begin anew.");
        }
        try {
            job.get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
