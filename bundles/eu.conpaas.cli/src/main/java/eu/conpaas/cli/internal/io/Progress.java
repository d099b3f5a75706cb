package eu.conpaas.cli.internal.io;

import eu.conpaas.api.Operation;
import eu.conpaas.api.Operation.StepState;
import eu.conpaas.api.PlanStep;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Shows the stages of an operation: one line that is written over on a terminal, otherwise one line for each stage. */
public final class Progress implements AutoCloseable {
    private final Terminal terminal;
    private final boolean silent;
    private final Map<String, StepState> shown = new HashMap<>();
    private int width;

    /** @param silent whether to show nothing */
    public Progress(Terminal terminal, boolean silent) {
        this.terminal = terminal;
        this.silent = silent;
    }

    /** Shows how the operation stands now. */
    public void show(Operation operation) {
        if (silent) {
            return;
        }
        if (terminal.isUpdating()) {
            line(operation);
        } else {
            stages(operation);
        }
    }

    private void line(Operation operation) {
        long done = operation.steps().values().stream().filter(p -> p.state() == StepState.DONE || p.state() == StepState.SKIPPED).count();
        String now = operation.plan().steps().stream().filter(s -> state(operation, s) == StepState.RUNNING).findFirst()
                .map(s -> s.title() + detail(operation, s)).orElse(operation.state().isFinal() ? "" : "waiting");
        overwrite("[" + done + "/" + operation.plan().steps().size() + "] " + operation.kind() + ": "
                + (operation.state() == Operation.State.UNDOING ? "undoing: " : "") + now);
    }

    private void stages(Operation operation) {
        int number = 0;
        for (PlanStep step : operation.plan().steps()) {
            number++;
            StepState state = state(operation, step);
            if (state != StepState.PENDING && state != shown.put(step.id(), state)) {
                Operation.Progress progress = operation.steps().get(step.id());
                terminal.err().println("[" + number + "/" + operation.plan().steps().size() + "] " + step.title() + ": " + word(state)
                        + took(progress) + detail(operation, step));
            }
        }
    }

    private static StepState state(Operation operation, PlanStep step) {
        Operation.Progress progress = operation.steps().get(step.id());
        return progress == null ? StepState.PENDING : progress.state();
    }

    private static String detail(Operation operation, PlanStep step) {
        Operation.Progress progress = operation.steps().get(step.id());
        return progress == null || progress.detail() == null || progress.detail().isBlank() ? "" : " (" + progress.detail() + ")";
    }

    private static String took(Operation.Progress progress) {
        return progress.started() == null || progress.finished() == null ? ""
                : " in " + PlanText.duration(Duration.between(progress.started(), progress.finished()).toMillis() / 1000.0);
    }

    private static String word(StepState state) {
        return state.name().toLowerCase(java.util.Locale.ROOT);
    }

    private void overwrite(String text) {
        String cut = text.length() > 110 ? text.substring(0, 109) + "…" : text;
        terminal.err().print("\r" + cut + " ".repeat(Math.max(0, width - cut.length())));
        terminal.err().flush();
        width = cut.length();
    }

    /** Ends the line. */
    @Override
    public void close() {
        if (width > 0) {
            terminal.err().print("\r" + " ".repeat(width) + "\r");
            terminal.err().flush();
            width = 0;
        }
    }
}
