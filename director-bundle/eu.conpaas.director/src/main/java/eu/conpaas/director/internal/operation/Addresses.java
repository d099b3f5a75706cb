package eu.conpaas.director.internal.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.Plan;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.Cloud.Capability;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;

/**
 * Public addresses of services: reserved when the service is made, led to the first node of the descriptor's first role, released when it
 * is terminated. The address moves right before the switch, when the new node is already checked.
 */
final class Addresses {
    /** Kind of the director's step that leads the address to another node. */
    static final String ATTACH = "attach-address";
    private final Core core;

    Addresses(Core core) {
        this.core = core;
    }

    /** Node users come in by, if the service runs. */
    static Optional<String> entry(ServiceDescriptor descriptor, DesiredState state) {
        return descriptor.roles().isEmpty() ? Optional.empty() : state.nodesWith(descriptor.roles().getFirst().id()).stream().findFirst();
    }

    /** The plan with a step that moves the address, where the entry changes. */
    static Plan withAttach(Plan plan, ServiceDescriptor descriptor, Service service, DesiredState target) {
        String entry = entry(descriptor, target).orElse(null);
        if (service.address() == null || entry == null || entry.equals(service.addressNode()) || plan.steps().isEmpty()) {
            return plan;
        }
        List<PlanStep> steps = new ArrayList<>(plan.steps());
        int at = 0;
        while (at < steps.size() && !steps.get(at).isSwitch()) {
            at++;
        }
        steps.add(at, new PlanStep(ATTACH, Actor.DIRECTOR, ATTACH, "Lead address " + service.address() + " to " + entry, entry, null, false, 0.5));
        return new Plan(plan.kind(), plan.summary(), steps, plan.creditsPerHour(), plan.creditsPerHourNow(), plan.creditsNow(), plan.seconds(),
                plan.warnings(), plan.confirm());
    }

    /** Reserves the address a new service is to have; the same again if it was reserved before. */
    void reserve(Service service) {
        Cloud cloud = core.clouds().get(service.cloud());
        boolean wanted = core.types().descriptor(service.type()).publicAddress() && cloud.capabilities().contains(Capability.ADDRESS);
        if (wanted && service.address() == null) {
            String address = cloud.reserveAddress("s" + service.sid());
            core.database().write(s -> {
                Services.setAddress(s, service.sid(), address);
                return null;
            });
        }
    }

    /** Leads the service's address to a node; none if it has no address. */
    void attach(long sid, String nodeId) {
        Service service = core.database().read(s -> Services.get(s, sid));
        Node node = core.database().read(s -> Nodes.get(s, nodeId));
        if (service.address() == null || node.vmid() == null || nodeId.equals(service.addressNode())) {
            return;
        }
        core.clouds().get(node.cloud()).attachAddress(service.address(), node.vmid());
        core.database().write(s -> {
            Services.setAddressNode(s, sid, nodeId);
            return null;
        });
    }

    void release(Service service) {
        if (service.address() != null) {
            core.clouds().get(service.cloud()).releaseAddress(service.address());
        }
    }
}
