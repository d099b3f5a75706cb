package eu.conpaas.service.runtime;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Operation.Progress;
import eu.conpaas.api.Operation.StepState;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.api.StepKind;
import eu.conpaas.api.StepReport;
import eu.conpaas.api.Assignment;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.plan.StepGroups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the manager's steps of an operation, forward or back. Steps that were reported are not done again, unless the director asks for a
 * failed one once more; the operation itself, and so what is left of it, is the director's.
 */
final class OperationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(OperationRunner.class);
    private static final int TOGETHER = 8;
    private static final int TRIES = 4;
    /** An agent that is being started again is waited for; one that is gone for good is the director's to find out. */
    private static final int TRIES_AWAY = 8;
    private static final int UNDO_TRIES = 3;
    private static final long PAUSE_MS = 250;
    private static final long LONGEST_PAUSE_MS = 3000;
    private final ServiceManager manager;
    private final Reporter reporter;
    private final Semaphore places = new Semaphore(TOGETHER);
    private final Map<String, StepState> reported = new HashMap<>();
    private String operation = "";
    private long version;

    /** Tells the director about a step, however long it takes to reach it. */
    interface Reporter {
        void report(StepReport report) throws InterruptedException;
    }

    OperationRunner(ServiceManager manager, Reporter reporter) {
        this.manager = manager;
        this.reporter = reporter;
    }

    /** Goes on as far as this assignment allows: to the next step of the director's, to a failure, or to the end. */
    void run(Assignment assignment, Situation situation, BooleanSupplier goOn) throws InterruptedException {
        Operation op = assignment.operation();
        if (!op.id().equals(operation)) {
            operation = op.id();
            reported.clear();
        }
        // a step the director has set back after a failure is to be tried again
        synchronized (reported) {
            reported.entrySet().removeIf(e -> e.getValue() == StepState.FAILED && op.steps().containsKey(e.getKey())
                    && op.steps().get(e.getKey()).state() == StepState.PENDING);
        }
        if (assignment.version() != version) {
            version = assignment.version();
            reported.values().removeIf(s -> s == StepState.FAILED);
        }
        boolean back = op.state() == Operation.State.UNDOING;
        if (!back && op.cancelling() && !op.hasSwitched()) {
            return;
        }
        while (goOn.getAsBoolean() && !situation.cancel().isCancelled()) {
            List<PlanStep> group = back ? nextBack(op) : nextForward(op);
            if (group.isEmpty()) {
                return;
            }
            if (!together(group, step -> back ? undo(step, op, situation) : advance(step, op, situation))) {
                return;
            }
        }
    }

    /** Gives up on the next step, because what it needs beside the manager is not there. */
    void fail(Operation op, Situation situation, Exception reason) throws InterruptedException {
        for (PlanStep step : op.remaining()) {
            if (step.actor() == Actor.MANAGER) {
                say(op, situation, step, StepState.FAILED, reason.getMessage(), error(step, reason));
                return;
            }
        }
    }

    private List<PlanStep> nextForward(Operation op) {
        List<PlanStep> left = op.plan().steps().stream().filter(s -> state(op, s) == StepState.PENDING || state(op, s) == StepState.RUNNING).toList();
        boolean failed = op.plan().steps().stream().anyMatch(s -> state(op, s) == StepState.FAILED);
        if (failed || left.isEmpty() || left.getFirst().actor() == Actor.DIRECTOR) {
            return List.of();
        }
        return StepGroups.of(left).getFirst();
    }

    /** Manager steps that were begun, last first; the director takes its own back by itself. */
    private List<PlanStep> nextBack(Operation op) {
        List<PlanStep> begun = op.plan().steps().reversed().stream().filter(s -> s.actor() == Actor.MANAGER)
                .filter(s -> switch (state(op, s)) {
                    case RUNNING, DONE, FAILED -> true;
                    case PENDING, UNDONE, SKIPPED -> false;
                }).toList();
        return begun.isEmpty() ? List.of() : StepGroups.of(begun).getFirst();
    }

    private StepState state(Operation op, PlanStep step) {
        synchronized (reported) {
            StepState own = reported.get(step.id());
            Progress known = op.steps().get(step.id());
            return own != null ? own : known == null ? StepState.PENDING : known.state();
        }
    }

    private interface Task {
        boolean run(PlanStep step) throws InterruptedException;
    }

    /** @return whether all went well */
    private boolean together(List<PlanStep> group, Task task) throws InterruptedException {
        if (group.size() == 1) {
            return task.run(group.getFirst());
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (PlanStep step : group) {
                results.add(threads.submit(() -> {
                    places.acquire();
                    try {
                        return task.run(step);
                    } finally {
                        places.release();
                    }
                }));
            }
            boolean all = true;
            for (Future<Boolean> result : results) {
                all &= result.get();
            }
            return all;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException api) {
                throw api;
            }
            throw new IllegalStateException("a step failed outside the manager's logic", e.getCause());
        }
    }

    private boolean advance(PlanStep step, Operation op, Situation situation) throws InterruptedException {
        say(op, situation, step, StepState.RUNNING, null, null);
        Failpoint.MANAGER_BEFORE_STEP.reached();
        for (int tries = 1;; tries++) {
            try {
                situation.cancel().check();
                manager.step(step, situation.withProgress(word -> progress(op, situation, step, word)));
                Failpoint.MANAGER_AFTER_STEP.reached();
                say(op, situation, step, StepState.DONE, null, null);
                (step.isSwitch() ? Failpoint.MANAGER_AFTER_SWITCH : Failpoint.MANAGER_REPORTED).reached();
                return true;
            } catch (CancellationException e) {
                LOG.info("step {} was cut short", step.id());
                if (op.state() == Operation.State.RUNNING) {
                    say(op, situation, step, StepState.FAILED, "cut short", new ApiError(ErrorCode.CONFLICT, step.title() + ": cut short.", ""));
                }
                return false;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                ManagerRuntime.rethrowStale(e);
                LOG.warn("step {}, attempt {}: {}", step.id(), tries, e.getMessage(), e);
                boolean forward = step.isSwitch() || isPastSwitch(op, step);
                if (forward && tries < TRIES || isAway(e) && tries < TRIES_AWAY) {
                    Thread.sleep(Math.min(LONGEST_PAUSE_MS, PAUSE_MS << tries));
                } else if (forward && (step.kind().equals(StepKind.DRAIN) || step.kind().equals(StepKind.RELEASE))) {
                    say(op, situation, step, StepState.DONE, "not carried out: " + e.getMessage(), null);
                    return true;
                } else {
                    say(op, situation, step, StepState.FAILED, e.getMessage(), error(step, e));
                    return false;
                }
            }
        }
    }

    /** A word on a step under way is no reason to stop it. */
    private void progress(Operation op, Situation situation, PlanStep step, String word) {
        try {
            reporter.report(new StepReport(situation.assignment().epoch(), op.id(), step.id(), StepState.RUNNING, word, null));
        } catch (ApiException e) {
            ManagerRuntime.rethrowStale(e);
            LOG.debug("the director does not take a word on {}: {}", step.id(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isAway(Exception e) {
        return e instanceof ApiException api && api.error().code() == ErrorCode.UNAVAILABLE;
    }

    /** After the switch the operation goes forward: its steps are tried harder, and a node that is only to be tidied up does not stop it. */
    private static boolean isPastSwitch(Operation op, PlanStep step) {
        for (PlanStep s : op.plan().steps()) {
            if (s.isSwitch()) {
                return true;
            }
            if (s.id().equals(step.id())) {
                return false;
            }
        }
        return false;
    }

    private boolean undo(PlanStep step, Operation op, Situation situation) throws InterruptedException {
        String detail = null;
        for (int tries = 1; tries <= UNDO_TRIES; tries++) {
            try {
                Failpoint.MANAGER_IN_UNDO.reached();
                manager.undo(step, situation);
                detail = null;
                break;
            } catch (CancellationException e) {
                return false;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                ManagerRuntime.rethrowStale(e);
                LOG.warn("undoing {}, attempt {}: {}", step.id(), tries, e.getMessage(), e);
                detail = "could not be taken back, will be repaired: " + e.getMessage();
                if (tries < UNDO_TRIES) {
                    Thread.sleep(PAUSE_MS << tries);
                }
            }
        }
        say(op, situation, step, StepState.UNDONE, detail, null);
        Failpoint.MANAGER_AFTER_UNDO.reached();
        return true;
    }

    private void say(Operation op, Situation situation, PlanStep step, StepState state, String detail, ApiError error) throws InterruptedException {
        try {
            reporter.report(new StepReport(situation.assignment().epoch(), op.id(), step.id(), state, detail, error));
        } catch (ApiException e) {
            ManagerRuntime.rethrowStale(e);
            LOG.warn("the director does not take the report that {} is {}: {}", step.id(), state, e.getMessage());
        }
        synchronized (reported) {
            reported.put(step.id(), state);
        }
    }

    private static ApiError error(PlanStep step, Exception e) {
        return e instanceof ApiException api ? api.error()
                : new ApiError(ErrorCode.STEP_FAILED, step.title() + ": " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
                        "See the manager's log.");
    }
}
