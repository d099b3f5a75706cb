package eu.conpaas.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A change under way or finished, kept by the director.
 *
 * @param id        unique
 * @param sid       service it is about, or 0 for an operation on the whole application
 * @param aid       application it is about
 * @param kind      see {@link Plan#kind()}
 * @param state     where it stands
 * @param plan      what is being done; slots replaced by node ids
 * @param steps     progress of each step, by step id
 * @param error     why it was undone or is waiting, or null
 * @param by        user name, or {@code reconciler}
 * @param created   when it was accepted
 * @param finished  when it ended, or null
 * @param cancelling whether cancel was asked for
 */
public record Operation(String id, long sid, long aid, String kind, State state, Plan plan, Map<String, Progress> steps,
        ApiError error, String by, Instant created, Instant finished, boolean cancelling) {

    /** Where an operation stands. */
    public enum State {
        /** Accepted, or under way. */
        RUNNING,
        /** Failed or cancelled before its switch; going back. */
        UNDOING,
        /** Arrived. */
        DONE,
        /** Everything is as it was before. */
        UNDONE,
        /** Ended without arriving; the service is in ERROR and can be stopped, started or terminated. */
        FAILED;

        public boolean isFinal() {
            return this == DONE || this == UNDONE || this == FAILED;
        }
    }

    /**
     * Progress of a step.
     *
     * @param state    where it stands
     * @param started  when it began, or null
     * @param finished when it ended, or null
     * @param detail   last word on it for people, or null
     */
    public record Progress(StepState state, Instant started, Instant finished, String detail) {
    }

    /** Where a step stands. */
    public enum StepState { PENDING, RUNNING, DONE, FAILED, UNDONE, SKIPPED }

    public Operation {
        steps = Map.copyOf(steps);
    }

    /** Steps of the plan that are neither done nor skipped, in order. */
    public List<PlanStep> remaining() {
        return plan.steps().stream().filter(s -> {
            Progress p = steps.get(s.id());
            return p == null || p.state() == StepState.PENDING || p.state() == StepState.RUNNING;
        }).toList();
    }

    /**
     * How long it will still take: what is left of the expected durations, which come from past runs. Steps of the director of the same kind that stand side
     * by side run together and count once.
     *
     * @return seconds, 0 when it is over; while it goes back, what has been done so far is expected to take as long again
     */
    public double remainingSeconds(Instant now) {
        if (state.isFinal()) {
            return 0;
        }
        double sum = 0;
        double together = 0;
        PlanStep before = null;
        for (PlanStep step : plan.steps()) {
            boolean side = before != null && step.actor() == PlanStep.Actor.DIRECTOR && before.actor() == PlanStep.Actor.DIRECTOR && before.kind().equals(step.kind());
            double left = state == State.UNDOING ? done(step) : left(step, now);
            sum += side ? Math.max(0, left - together) : left;
            together = side ? Math.max(together, left) : left;
            before = step;
        }
        return sum;
    }

    private double left(PlanStep step, Instant now) {
        Progress progress = steps.get(step.id());
        return switch (progress == null ? StepState.PENDING : progress.state()) {
            case DONE, UNDONE, SKIPPED -> 0;
            case RUNNING -> progress.started() == null ? step.seconds() : Math.max(0, step.seconds() - Duration.between(progress.started(), now).toMillis() / 1000.0);
            case PENDING, FAILED -> step.seconds();
        };
    }

    private double done(PlanStep step) {
        Progress progress = steps.get(step.id());
        return progress != null && (progress.state() == StepState.DONE || progress.state() == StepState.RUNNING) ? step.seconds() : 0;
    }

    /** Whether the switch step has begun, after which the operation only goes forward. */
    public boolean hasSwitched() {
        return plan.steps().stream().anyMatch(s -> s.isSwitch() && steps.containsKey(s.id())
                && steps.get(s.id()).state() != StepState.PENDING && steps.get(s.id()).state() != StepState.UNDONE);
    }
}
