package eu.conpaas.director.internal.operation;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Operation.Progress;
import eu.conpaas.api.Operation.StepState;
import eu.conpaas.api.Plan;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.api.ServiceState;

/**
 * A stored operation: what the API shows plus what only the director needs.
 *
 * @param sid         service, or 0 for an operation on the whole application ({@link Job})
 * @param target      desired state once it has arrived, node ids in place of slots; null for an application's
 * @param stateBefore state to return to when undone
 * @param tries       how often steps have failed, by step id
 */
public record OperationRow(String id, long sid, long aid, long uid, String kind, Operation.State state, Plan plan, Map<String, Progress> steps,
        Map<String, Integer> tries, DesiredState target, ServiceState stateBefore, ApiError error, String by, Instant created, Instant finished,
        boolean cancelling) {

    /** Kind of the operation that makes a service. */
    public static final String CREATE = "create";
    /** Kind of the operation that ends a service; it never turns back. */
    public static final String TERMINATE = "terminate";

    public Operation view() {
        return new Operation(id, sid, aid, kind, state, plan, steps, error, by, created, finished, cancelling);
    }

    public StepState stepState(String step) {
        Progress progress = steps.get(step);
        return progress == null ? StepState.PENDING : progress.state();
    }

    /** Steps that still have to be carried out, the failed ones included. */
    public List<PlanStep> open() {
        return plan.steps().stream().filter(s -> switch (stepState(s.id())) {
            case PENDING, RUNNING, FAILED -> true;
            case DONE, UNDONE, SKIPPED -> false;
        }).toList();
    }

    /** The manager's steps that have been begun and not been taken back, latest first. */
    public List<PlanStep> toUndo() {
        return plan.steps().reversed().stream().filter(s -> s.actor() == Actor.MANAGER).filter(s -> switch (stepState(s.id())) {
            case RUNNING, DONE, FAILED -> true;
            case PENDING, UNDONE, SKIPPED -> false;
        }).toList();
    }

    /** Whether it can only go forward now. */
    public boolean isForwardOnly() {
        return kind.equals(TERMINATE) || view().hasSwitched();
    }
}
