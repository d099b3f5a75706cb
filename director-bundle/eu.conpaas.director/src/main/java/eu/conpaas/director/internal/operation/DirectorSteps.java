package eu.conpaas.director.internal.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation.StepState;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.StepKind;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.director.internal.node.Clouds;

/** Carries out the steps that are the director's own, those of a group together. */
final class DirectorSteps {
    private static final Logger LOG = LoggerFactory.getLogger(DirectorSteps.class);
    private final Core core;
    private final Progress progress;
    private final Addresses addresses;

    DirectorSteps(Core core, Progress progress, Addresses addresses) {
        this.core = core;
        this.progress = progress;
        this.addresses = addresses;
    }

    /**
     * Carries out a group and notes each step's outcome.
     *
     * @param unwanted whether the operation does not want them any more
     * @return errors by step id; empty if all went well
     */
    Map<String, ApiError> run(OperationRow op, List<PlanStep> group, BooleanSupplier unwanted) throws InterruptedException {
        Map<String, ApiError> errors = new ConcurrentHashMap<>();
        List<Thread> threads = new ArrayList<>();
        for (PlanStep step : group) {
            progress.step(op, step, StepState.RUNNING, null);
            threads.add(Thread.ofVirtual().name(op.id() + " " + step.id()).start(() -> runOne(op, step, unwanted, errors)));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            throw e;
        }
        return errors;
    }

    private void runOne(OperationRow op, PlanStep step, BooleanSupplier unwanted, Map<String, ApiError> errors) {
        try {
            carryOut(op, step, unwanted);
            progress.step(op, step, StepState.DONE, null);
        } catch (ApiException e) {
            errors.put(step.id(), e.error());
        } catch (CloudException e) {
            errors.put(step.id(), Clouds.error(step.node(), e).error());
        } catch (InterruptedException e) {
            // the director is closing: the step stays RUNNING and is taken up again at the next start
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Step {} of {} failed", step.id(), op.id(), e);
            errors.put(step.id(), new ApiError(ErrorCode.INTERNAL, "Step " + step.title() + " failed: " + e.getMessage(), "See the director's log."));
        }
    }

    private void carryOut(OperationRow op, PlanStep step, BooleanSupplier unwanted) throws InterruptedException {
        switch (step.kind()) {
            case StepKind.CREATE_NODE -> core.maker().bringUp(step.node(), unwanted);
            case StepKind.REMOVE_NODE -> core.ender().end(step.node());
            case AddressSteps.ATTACH -> addresses.attach(op, step);
            default -> throw new ApiException(ErrorCode.INTERNAL, "The director does not know how to " + step.kind() + ".", "Report this.");
        }
    }
}
