package eu.conpaas.director.internal.operation;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Operation.StepState;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.director.internal.Failpoint;
import eu.conpaas.director.internal.node.Backoff;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.StoreException;
import eu.conpaas.service.plan.StepGroups;

/**
 * Drives one operation to its end. It keeps nothing in memory: each round reads where the operation stands and does the next thing, so
 * that a new runner goes on after a crash at any point.
 */
final class Runner implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
    /** Failures of a step after which an operation that only goes forward ends without arriving. */
    private static final int MAX_TRIES = 8;
    /** Failures after which stopping goes on without a manager's step. */
    private static final int MAX_TRIES_STOP = 3;
    private static final long LOOK_MILLIS = 2000;
    private static final String STOP = "stop";

    private final Core core;
    private final String id;
    private final Progress progress;
    private final DirectorSteps directorSteps;
    private final Outcome outcome;
    private final Undo undo;

    Runner(Core core, String id) {
        this.core = core;
        this.id = id;
        this.progress = new Progress(core);
        Addresses addresses = new Addresses(core);
        this.directorSteps = new DirectorSteps(core, progress, addresses);
        this.outcome = new Outcome(core, progress, addresses);
        this.undo = new Undo(core, progress, addresses, outcome);
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
                } catch (ApiException | CloudException | StoreException e) {
                    failures++;
                    LOG.warn("Operation {}: {}", id, e.getMessage());
                    afterTrouble(e, failures);
                }
            }
        } catch (InterruptedException e) {
            // the director is closing; the next one goes on here
            Thread.currentThread().interrupt();
        }
    }

    /** Something around the steps failed, such as the cloud when an address was to be reserved: again, and then back. */
    private void afterTrouble(RuntimeException e, int failures) throws InterruptedException {
        OperationRow op = core.database().read(s -> Operations.get(s, id));
        if (failures >= MAX_TRIES && op.state() == Operation.State.RUNNING && !op.isForwardOnly()) {
            turnBack(op, e instanceof ApiException a ? a.error() : new ApiError(ErrorCode.CLOUD, e.getMessage(), "Try again."));
        }
        Thread.sleep(Backoff.after(failures));
    }

    private boolean round() throws InterruptedException {
        OperationRow first = core.database().read(s -> Operations.get(s, id));
        long seen = core.bells().count(first.sid());
        OperationRow op = core.database().read(s -> Operations.get(s, id));
        if (op.finished() != null) {
            return false;
        }
        if (op.state() == Operation.State.UNDOING) {
            undo.round(op, seen);
        } else if (op.cancelling() && !op.isForwardOnly()) {
            turnBack(op, new ApiError(ErrorCode.CONFLICT, "Cancelled by request.", ""));
        } else {
            advance(op, seen);
        }
        return true;
    }

    private void turnBack(OperationRow op, ApiError error) {
        core.database().write(s -> {
            if (Operations.get(s, id).finished() == null) {
                progress.state(s, op, Operation.State.UNDOING, error);
            }
            return null;
        });
        Failpoint.BEFORE_UNDO.hit();
    }

    private void advance(OperationRow op, long seen) throws InterruptedException {
        List<PlanStep> open = op.open();
        if (open.isEmpty()) {
            outcome.arrive(op);
            return;
        }
        List<PlanStep> failed = open.stream().filter(s -> op.stepState(s.id()) == StepState.FAILED).toList();
        if (!failed.isEmpty()) {
            afterFailure(op, failed.getFirst());
            return;
        }
        List<PlanStep> group = StepGroups.of(open).getFirst();
        if (group.getFirst().actor() == Actor.DIRECTOR) {
            runDirectorSteps(op, group);
        } else if (!passOverDead(op, open)) {
            core.bells().await(op.sid(), seen, LOOK_MILLIS);
        }
    }

    private void runDirectorSteps(OperationRow op, List<PlanStep> group) throws InterruptedException {
        Map<String, ApiError> errors = directorSteps.run(op, group, this::isUnwanted);
        if (errors.isEmpty()) {
            return;
        }
        OperationRow now = core.database().read(s -> Operations.get(s, id));
        if (now.finished() != null || now.cancelling() && !now.isForwardOnly()) {
            return;
        }
        ApiError error = errors.values().iterator().next();
        core.database().write(s -> {
            group.stream().filter(step -> errors.containsKey(step.id()))
                    .forEach(step -> progress.step(s, op, step, StepState.FAILED, errors.get(step.id()).cause()));
            if (!now.isForwardOnly()) {
                progress.state(s, op, Operation.State.UNDOING, error);
            }
            return null;
        });
    }

    private boolean isUnwanted() {
        OperationRow op = core.database().read(s -> Operations.get(s, id));
        return op.finished() != null || op.state() == Operation.State.UNDOING || op.cancelling() && !op.isForwardOnly();
    }

    /** Only operations that go forward come here: a failure before the switch has turned the operation back already. */
    private void afterFailure(OperationRow op, PlanStep step) throws InterruptedException {
        int tries = op.tries().getOrDefault(step.id(), 1);
        String detail = op.steps().get(step.id()).detail();
        ApiError error = new ApiError(ErrorCode.STEP_FAILED, step.title() + " failed: " + detail, "Stop, start or terminate the service.");
        if (!op.isForwardOnly()) {
            turnBack(op, error);
        } else if (op.kind().equals(STOP) && step.actor() == Actor.MANAGER && tries >= MAX_TRIES_STOP) {
            progress.step(op, step, StepState.SKIPPED, "given up after " + tries + " tries: " + detail);
        } else if (!op.kind().equals(OperationRow.TERMINATE) && tries >= MAX_TRIES) {
            outcome.giveUp(op, error);
        } else {
            Thread.sleep(Backoff.after(tries));
            if (core.database().read(s -> Operations.get(s, id)).finished() == null) {
                progress.step(op, step, StepState.PENDING, null);
            }
        }
    }

    /**
     * Nothing can be asked of a dead node: before the switch that ends the operation, after it the steps about it are left out.
     *
     * @return whether anything was changed
     */
    private boolean passOverDead(OperationRow op, List<PlanStep> open) {
        Set<String> dead = Dead.among(core, op);
        List<PlanStep> hit = open.stream().filter(s -> s.actor() == Actor.MANAGER && s.node() != null && dead.contains(s.node())).toList();
        if (hit.isEmpty()) {
            return false;
        }
        if (!op.isForwardOnly() && !isLeaving(op, hit.getFirst())) {
            turnBack(op, new ApiError(ErrorCode.STEP_FAILED, "Node " + hit.getFirst().node() + " died while the operation was under way.", "Try again."));
        } else {
            hit.forEach(step -> progress.step(op, step, StepState.SKIPPED, "the node is dead"));
        }
        return true;
    }

    /** Whether the step's node is on its way out anyway. */
    private boolean isLeaving(OperationRow op, PlanStep step) {
        Service service = core.database().read(s -> Services.get(s, op.sid()));
        return service.desired().placement().stream().anyMatch(p -> p.node().equals(step.node()))
                && op.target().placement().stream().noneMatch(p -> p.node().equals(step.node()));
    }
}
