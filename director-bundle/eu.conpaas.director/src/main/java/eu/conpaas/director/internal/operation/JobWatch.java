package eu.conpaas.director.internal.operation;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Operation.StepState;
import eu.conpaas.api.PlanStep;
import java.util.function.BooleanSupplier;

/** Waits of a step, which end when its operation is cancelled. */
public final class JobWatch {
    private static final long LOOK_MILLIS = 500;
    private final Core core;
    private final String id;

    JobWatch(Core core, String id) {
        this.core = core;
        this.id = id;
    }

    /** Whether cancel has been asked for in time. */
    public boolean isCancelled() {
        OperationRow op = core.database().read(s -> Operations.get(s, id));
        return op.cancelling() && !op.isForwardOnly();
    }

    /** @throws ApiException CONFLICT if cancel has been asked for */
    public void check() {
        if (isCancelled()) {
            throw cancelled();
        }
    }

    static ApiException cancelled() {
        return new ApiException(ErrorCode.CONFLICT, "Cancelled by request.", "");
    }

    /** Says how far a step is that takes long. */
    public void tell(OperationRow op, PlanStep step, String detail) {
        new Progress(core).step(op, step, StepState.RUNNING, detail);
    }

    /** Waits until a condition about a service holds. @throws ApiException CONFLICT if cancelled meanwhile */
    public void until(long sid, BooleanSupplier done) throws InterruptedException {
        while (true) {
            long seen = core.bells().count(sid);
            if (done.getAsBoolean()) {
                return;
            }
            check();
            core.bells().await(sid, seen, LOOK_MILLIS);
        }
    }

    /**
     * Waits until an operation of a service has ended; when this one is cancelled, that one is cancelled too where it is not too late, and waited for.
     *
     * @throws ApiException if it has not arrived, with its reason
     */
    public void ended(Changes changes, Operation operation) throws InterruptedException {
        boolean told = false;
        OperationRow now = core.database().read(s -> Operations.get(s, operation.id()));
        while (now.finished() == null) {
            long seen = core.bells().count(now.sid());
            now = core.database().read(s -> Operations.get(s, operation.id()));
            if (!told && now.finished() == null && isCancelled()) {
                told = true;
                cancel(changes, now);
            }
            if (now.finished() == null) {
                core.bells().await(now.sid(), seen, LOOK_MILLIS);
            }
        }
        check();
        if (now.state() != Operation.State.DONE) {
            throw new ApiException(now.error() != null ? now.error()
                    : new ApiError(ErrorCode.STEP_FAILED, "Operation " + now.id() + " (" + now.kind() + ") was taken back.", "Look at it."));
        }
    }

    private static void cancel(Changes changes, OperationRow op) {
        try {
            changes.cancel(op.id());
        } catch (ApiException e) {
            if (e.error().code() != ErrorCode.TOO_LATE && e.error().code() != ErrorCode.CONFLICT) {
                throw e;
            }
        }
    }
}
