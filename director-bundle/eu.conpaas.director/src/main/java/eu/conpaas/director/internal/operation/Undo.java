package eu.conpaas.director.internal.operation;

import java.util.List;
import java.util.Set;

import eu.conpaas.api.Operation.StepState;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceDescriptor.AddressSpec;
import eu.conpaas.api.StepKind;
import eu.conpaas.director.internal.Failpoint;
import eu.conpaas.director.internal.node.Backoff;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;

/** Takes an operation back: the manager undoes its steps, latest first, then the director ends the nodes it has made. */
final class Undo {
    private static final int MAX_TRIES = 5;
    private static final long LOOK_MILLIS = 2000;

    private final Core core;
    private final Progress progress;
    private final Addresses addresses;
    private final Outcome outcome;

    Undo(Core core, Progress progress, Addresses addresses, Outcome outcome) {
        this.core = core;
        this.progress = progress;
        this.addresses = addresses;
        this.outcome = outcome;
    }

    void round(OperationRow op, long seen) throws InterruptedException {
        restoreAddresses(op);
        List<PlanStep> waiting = op.toUndo();
        if (waiting.isEmpty()) {
            endCreated(op);
            Failpoint.AFTER_UNDO.hit();
            outcome.undone(op);
        } else if (!leaveOut(op, waiting)) {
            core.bells().await(op.sid(), seen, LOOK_MILLIS);
        }
    }

    /** Addresses go back before anything behind them is taken down; where one led to a node that is no more, it stays where it is. */
    private void restoreAddresses(OperationRow op) {
        Service service = core.database().read(s -> Services.get(s, op.sid()));
        List<AddressSpec> moved = addresses.steps(op.sid()).moved(op);
        if (!moved.isEmpty()) {
            Set<String> dead = Dead.of(core, service);
            moved.forEach(spec -> Addresses.entry(spec, service.desired(), service.desired(), service.addressNode(spec.id())).filter(entry -> !dead.contains(entry))
                    .ifPresent(entry -> addresses.attach(op.sid(), spec.id(), entry)));
            op.plan().steps().stream().filter(s -> s.kind().equals(AddressSteps.ATTACH)).forEach(s -> progress.step(op, s, StepState.UNDONE, null));
        }
    }

    /** Leaves out what cannot be undone: steps about dead nodes, and those whose undoing keeps failing. */
    private boolean leaveOut(OperationRow op, List<PlanStep> waiting) {
        Set<String> dead = Dead.among(core, op);
        boolean any = false;
        for (PlanStep step : waiting) {
            boolean hopeless = op.tries().getOrDefault(step.id(), 0) >= MAX_TRIES;
            if (hopeless || step.node() != null && dead.contains(step.node())) {
                progress.step(op, step, StepState.UNDONE, hopeless ? "could not be undone: " + op.steps().get(step.id()).detail() : "the node is dead");
                any = true;
            }
        }
        return any;
    }

    private void endCreated(OperationRow op) throws InterruptedException {
        List<PlanStep> created = op.plan().steps().stream()
                .filter(s -> s.kind().equals(StepKind.CREATE_NODE) && op.stepState(s.id()) != StepState.UNDONE).toList();
        List<Thread> threads = created.stream().map(step -> Thread.ofVirtual().name("undo " + step.id()).start(() -> end(op, step))).toList();
        for (Thread thread : threads) {
            thread.join();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void end(OperationRow op, PlanStep step) {
        try {
            Backoff backoff = new Backoff();
            core.ender().mark(step.node());
            while (!core.ender().tryEnd(step.node())) {
                backoff.sleep();
            }
            progress.step(op, step, StepState.UNDONE, null);
        } catch (InterruptedException e) {
            // the director is closing; the next one ends the node
            Thread.currentThread().interrupt();
        }
    }
}
