package eu.conpaas.director.internal.operation;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Operation.StepState;
import eu.conpaas.api.PlanStep;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.director.internal.Failpoint;
import eu.conpaas.director.internal.node.Backoff;
import eu.conpaas.director.internal.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives one operation on a whole application to its end, from wherever a predecessor has left it. */
final class JobRunner implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    /** Failures after which a step that cannot be taken back any more, or cannot be undone, is given up. */
    private static final int MAX_TRIES = 5;
    private final Core core;
    private final Job job;
    private final String id;
    private final Progress progress;
    private final JobWatch watch;

    JobRunner(Core core, Job job, String id) {
        this.core = core;
        this.job = job;
        this.id = id;
        this.progress = new Progress(core);
        this.watch = new JobWatch(core, id);
    }

    @Override
    public void run() {
        try {
            int failures = 0;
            boolean more = true;
            while (more) {
                try {
                    more = round();
                    failures = 0;
                } catch (StoreException e) {
                    LOG.warn("Operation {}: {}", id, e.getMessage());
                    Thread.sleep(Backoff.after(++failures));
                }
            }
        } catch (InterruptedException e) {
            // the director is closing; the next one goes on here
            Thread.currentThread().interrupt();
        }
    }

    private boolean round() throws InterruptedException {
        OperationRow op = core.database().read(s -> Operations.get(s, id));
        if (op.finished() != null) {
            return false;
        }
        if (op.state() == Operation.State.UNDOING) {
            undo(op);
        } else if (watch.isCancelled()) {
            turnBack(op, JobWatch.cancelled().error());
        } else if (op.open().isEmpty()) {
            finish(op, Operation.State.DONE, null);
        } else {
            advance(op);
        }
        return true;
    }

    private void turnBack(OperationRow op, ApiError error) {
        core.database().write(s -> {
            progress.state(s, op, Operation.State.UNDOING, error);
            return null;
        });
        Failpoint.BEFORE_UNDO.hit();
    }

    private void finish(OperationRow op, Operation.State state, ApiError error) {
        core.database().write(s -> {
            job.ended(s, op, state == Operation.State.DONE);
            JobNotes.forget(s, id);
            progress.finish(s, op, state, error);
            return null;
        });
    }

    private List<PlanStep> group(List<PlanStep> open) {
        List<PlanStep> group = new ArrayList<>(List.of(open.getFirst()));
        String kind = open.getFirst().kind();
        if (job.together(kind)) {
            open.stream().skip(1).takeWhile(s -> s.kind().equals(kind) && !s.isSwitch()).forEach(group::add);
        }
        return group;
    }

    private void advance(OperationRow op) throws InterruptedException {
        Map<String, ApiError> errors = new ConcurrentHashMap<>();
        List<Thread> threads = group(op.open()).stream().map(step -> Thread.ofVirtual().name(id + " " + step.id()).start(() -> carryOut(op, step, errors))).toList();
        join(threads);
        if (errors.isEmpty()) {
            return;
        }
        OperationRow now = core.database().read(s -> Operations.get(s, id));
        ApiError error = errors.values().iterator().next();
        if (!now.isForwardOnly()) {
            turnBack(now, watch.isCancelled() ? JobWatch.cancelled().error() : error);
            return;
        }
        int tries = errors.keySet().stream().mapToInt(step -> now.tries().getOrDefault(step, 1)).max().orElse(1);
        if (tries >= MAX_TRIES) {
            finish(now, Operation.State.FAILED, error);
        } else {
            Thread.sleep(Backoff.after(tries));
        }
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            for (Thread thread : threads) {
                thread.join(1000);
            }
            throw e;
        }
    }

    private void carryOut(OperationRow op, PlanStep step, Map<String, ApiError> errors) {
        try {
            progress.step(op, step, StepState.RUNNING, null);
            Failpoint.BEFORE_JOB_STEP.hit();
            String detail = job.carryOut(op, step, watch);
            Failpoint.AFTER_JOB_STEP.hit();
            progress.step(op, step, StepState.DONE, detail);
        } catch (InterruptedException e) {
            // the director is closing: the step stays RUNNING and is taken up again at the next start
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            ApiError error = error(step, e);
            errors.put(step.id(), error);
            progress.step(op, step, StepState.FAILED, error.cause());
        }
    }

    private ApiError error(PlanStep step, Exception e) {
        if (e instanceof ApiException api) {
            return new ApiError(api.error().code(), step.title() + ": " + api.error().cause(), api.error().next());
        }
        LOG.error("Step {} of {} failed", step.id(), id, e);
        return new ApiError(e instanceof CloudException ? ErrorCode.CLOUD : ErrorCode.INTERNAL, step.title() + ": " + e.getMessage(), "See the director's log.");
    }

    private void undo(OperationRow op) throws InterruptedException {
        for (PlanStep step : op.plan().steps().reversed()) {
            StepState state = op.stepState(step.id());
            if (state == StepState.RUNNING || state == StepState.DONE || state == StepState.FAILED) {
                undo(op, step);
            }
        }
        Failpoint.AFTER_UNDO.hit();
        finish(op, Operation.State.UNDONE, null);
    }

    private void undo(OperationRow op, PlanStep step) throws InterruptedException {
        for (int tries = 1;; tries++) {
            try {
                job.undo(op, step);
                progress.step(op, step, StepState.UNDONE, null);
                return;
            } catch (ApiException | CloudException | IOException | StoreException e) {
                LOG.warn("Step {} of {} cannot be undone: {}", step.id(), id, e.getMessage());
                if (tries >= MAX_TRIES) {
                    progress.step(op, step, StepState.UNDONE, "could not be undone: " + e.getMessage());
                    return;
                }
                Thread.sleep(Backoff.after(tries));
            }
        }
    }
}
