package eu.conpaas.director.internal.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Operation.StepState;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceState;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Session;

/** Notes where operations and their steps stand, with the events that tell of it. */
final class Progress {
    private final Core core;

    Progress(Core core) {
        this.core = core;
    }

    void step(OperationRow op, PlanStep step, StepState state, String detail) {
        core.database().write(s -> {
            step(s, op, step, state, detail);
            return null;
        });
    }

    void step(Session s, OperationRow op, PlanStep step, StepState state, String detail) {
        Instant now = core.clock().instant();
        Operations.setStep(s, op.id(), step.id(), state, detail, now, state == StepState.FAILED);
        if (state == StepState.DONE) {
            noteDuration(s, op, step, now);
        }
        tell(s, op, Map.of("operation", op.id(), "kind", op.kind(), "step", step.id(), "title", step.title(), "state", state.name(), "detail",
                detail == null ? "" : detail));
    }

    private static void noteDuration(Session s, OperationRow op, PlanStep step, Instant now) {
        Operation.Progress before = op.steps().get(step.id());
        Operation.Progress stored = Operations.get(s, op.id()).steps().get(step.id());
        Instant started = before != null && before.started() != null ? before.started() : stored.started();
        if (started != null) {
            Services.find(s, op.sid()).ifPresent(service -> {
                double seconds = Duration.between(started, now).toMillis() / 1000.0;
                Operations.addDuration(s, service.type(), step.kind(), seconds);
                if (step.role() != null) {
                    Operations.addDuration(s, service.type(), step.kind() + ":" + step.role(), seconds);
                }
            });
        }
    }

    void state(Session s, OperationRow op, Operation.State state, ApiError error) {
        Operations.setState(s, op.id(), state, error);
        tell(s, op, told(op, state, error));
    }

    void finish(Session s, OperationRow op, Operation.State state, ApiError error) {
        Operations.finish(s, op.id(), state, error, core.clock().instant());
        ContentStore.operationEnds(s, op.sid(), op.id());
        tell(s, op, told(op, state, error));
    }

    private static Map<String, Object> told(OperationRow op, Operation.State state, ApiError error) {
        return error == null ? Map.of("operation", op.id(), "kind", op.kind(), "state", state.name())
                : Map.of("operation", op.id(), "kind", op.kind(), "state", state.name(), "error", error);
    }

    void serviceState(Session s, Service service, ServiceState state, String reason) {
        Services.setState(s, service.sid(), state, reason, core.clock().instant());
        core.events().add(s, "service.state", service.uid(), service.aid(), service.sid(), Map.of("state", state.name(), "reason", reason));
        s.afterCommit(() -> core.bells().ring(service.sid()));
    }

    void tell(Session s, OperationRow op, Map<String, Object> data) {
        core.events().add(s, "operation.progress", op.uid(), op.aid(), op.sid(), data);
        s.afterCommit(() -> core.bells().ring(op.sid()));
    }
}
