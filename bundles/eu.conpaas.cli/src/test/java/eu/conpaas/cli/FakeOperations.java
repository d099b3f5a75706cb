package eu.conpaas.cli;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Operation.Progress;
import eu.conpaas.api.Operation.StepState;
import eu.conpaas.api.Plan;
import eu.conpaas.api.PlanStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operations that get one step further each time somebody looks at them. */
final class FakeOperations {
    private final Map<String, Operation> all = new LinkedHashMap<>();
    private final Map<String, Runnable> effects = new HashMap<>();
    private int next = 1;

    synchronized void reset() {
        all.clear();
        effects.clear();
        next = 1;
    }

    static Plan plan(String kind, String... titles) {
        List<PlanStep> steps = new ArrayList<>();
        for (int i = 0; i < titles.length; i++) {
            steps.add(new PlanStep("s" + i, PlanStep.Actor.DIRECTOR, "test", titles[i], null, null, i == titles.length - 1, 2));
        }
        return new Plan(kind, kind + " the service", steps, 3, 1, 2, 2.0 * titles.length, List.of("It is only a test."), false);
    }

    /** Accepts an operation; the effect comes when it is done. */
    synchronized Operation start(long sid, Plan plan, Runnable effect) {
        Operation operation = new Operation("op-" + next++, sid, 1, plan.kind(), Operation.State.RUNNING, plan, Map.of(), null, "alice",
                FakeDirector.TIME, null, false);
        all.put(operation.id(), operation);
        effects.put(operation.id(), effect);
        return operation;
    }

    synchronized List<Operation> list() {
        return List.copyOf(all.values());
    }

    synchronized Operation look(String id) {
        Operation o = all.get(id);
        if (o == null) {
            throw new ApiException(ErrorCode.NOT_FOUND, "There is no operation " + id + ".", "");
        }
        if (o.state().isFinal()) {
            return o;
        }
        Map<String, Progress> steps = new HashMap<>(o.steps());
        for (PlanStep step : o.plan().steps()) {
            if (!steps.containsKey(step.id())) {
                steps.put(step.id(), new Progress(StepState.DONE, FakeDirector.TIME, FakeDirector.TIME.plusSeconds(2), null));
                return put(o, Operation.State.RUNNING, steps, null);
            }
        }
        effects.get(id).run();
        return put(o, Operation.State.DONE, steps, null);
    }

    /** Ends an operation as undone. */
    synchronized Operation undo(String id, ApiError why) {
        return put(all.get(id), Operation.State.UNDONE, Map.of(), why);
    }

    private Operation put(Operation o, Operation.State state, Map<String, Progress> steps, ApiError error) {
        Operation after = new Operation(o.id(), o.sid(), o.aid(), o.kind(), state, o.plan(), steps, error, o.by(), o.created(),
                state.isFinal() ? FakeDirector.TIME.plusSeconds(9) : null, state == Operation.State.UNDONE);
        all.put(o.id(), after);
        return after;
    }
}
