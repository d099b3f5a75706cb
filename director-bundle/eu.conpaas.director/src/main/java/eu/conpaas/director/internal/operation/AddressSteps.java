package eu.conpaas.director.internal.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.Operation.StepState;
import eu.conpaas.api.Plan;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.AddressSpec;
import eu.conpaas.director.internal.service.Service;

/** The director's steps that lead a service's addresses to other nodes, and when they come. */
final class AddressSteps {
    /** Kind of these steps. */
    static final String ATTACH = "attach-address";
    private final ServiceDescriptor descriptor;

    AddressSteps(ServiceDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** The plan with a step for each address that has to move. */
    Plan in(Plan plan, Service service, DesiredState target, Set<String> dead) {
        List<PlanStep> steps = new ArrayList<>(plan.steps());
        for (AddressSpec spec : plan.steps().isEmpty() ? List.<AddressSpec>of() : descriptor.allAddresses()) {
            String present = service.addressNode(spec.id());
            String entry = service.address(spec.id()) == null ? null : Addresses.entry(spec, target, service.desired(), present).orElse(null);
            if (entry != null && !entry.equals(present)) {
                boolean urgent = present != null && dead.contains(present) && spec.roles().stream().anyMatch(r -> service.desired().nodesWith(r).contains(entry));
                steps.add(urgent ? 0 : place(steps, entry), step(spec, service.address(spec.id()), entry));
            }
        }
        return steps.size() == plan.steps().size() ? plan : new Plan(plan.kind(), plan.summary(), steps, plan.creditsPerHour(), plan.creditsPerHourNow(),
                plan.creditsNow(), plan.seconds(), plan.warnings(), plan.confirm());
    }

    /** Right before the switch, when the node is already checked; to one that is made after the switch, when all else about it is done. */
    private static int place(List<PlanStep> steps, String entry) {
        int place = 0;
        while (place < steps.size() && !steps.get(place).isSwitch()) {
            place++;
        }
        for (int i = place; i < steps.size(); i++) {
            boolean mentioned = entry.equals(steps.get(i).node());
            place = mentioned ? i + 1 : place;
        }
        return place;
    }

    private static PlanStep step(AddressSpec spec, String address, String node) {
        return new PlanStep(id(spec), Actor.DIRECTOR, ATTACH, "Lead address " + address + " to " + node, node, null, false, 0.5);
    }

    private static String id(AddressSpec spec) {
        return spec.id().equals(AddressSpec.PUBLIC) ? ATTACH : ATTACH + ":" + spec.id();
    }

    /** Which address a step is about. */
    Optional<AddressSpec> about(PlanStep step) {
        return descriptor.allAddresses().stream().filter(a -> step.kind().equals(ATTACH) && step.id().equals(id(a))).findFirst();
    }

    /** Addresses that an operation has moved, or may have. */
    List<AddressSpec> moved(OperationRow op) {
        return op.plan().steps().stream().filter(s -> op.stepState(s.id()) != StepState.PENDING && op.stepState(s.id()) != StepState.UNDONE)
                .flatMap(s -> about(s).stream()).toList();
    }
}
