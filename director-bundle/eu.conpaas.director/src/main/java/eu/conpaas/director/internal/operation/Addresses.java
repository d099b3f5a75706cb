package eu.conpaas.director.internal.operation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.AddressSpec;
import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.Cloud.Capability;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Service.Held;
import eu.conpaas.director.internal.service.Services;

/** Addresses of services: reserved when the service is made, led to nodes by steps of {@link AddressSteps}, released when it is terminated. */
public final class Addresses {
    private static final Logger LOG = LoggerFactory.getLogger(Addresses.class);
    private static final Pattern KEY = Pattern.compile("s(\\d+)(-.*)?");
    private final Core core;

    public Addresses(Core core) {
        this.core = core;
    }

    /** What is wanted of the address with this id. */
    static Optional<AddressSpec> spec(ServiceDescriptor descriptor, String id) {
        return descriptor.allAddresses().stream().filter(a -> a.id().equals(id)).findFirst();
    }

    /**
     * Node an address is to lead to in a state, if the service runs then: it stays where it is; else it goes to a node that has had the role before, or one
     * that is there at least.
     *
     * @param before  state of the service until now
     * @param present node it leads to now, or null
     */
    static Optional<String> entry(AddressSpec spec, DesiredState state, DesiredState before, String present) {
        return spec.roles().stream().filter(role -> !state.nodesWith(role).isEmpty()).findFirst()
                .flatMap(role -> state.nodesWith(role).stream().min(Comparator.<String, Boolean>comparing(n -> !n.equals(present))
                        .thenComparing(n -> n.startsWith(Placement.SLOT)).thenComparing(n -> !before.nodesWith(role).contains(n))));
    }

    private static String key(long sid, String id) {
        return "s" + sid + (id.equals(AddressSpec.PUBLIC) ? "" : "-" + id);
    }

    /** Reserves the addresses a new service is to have; the same again if they were reserved before. */
    void reserve(Service service) {
        Cloud cloud = core.clouds().get(service.cloud());
        if (!cloud.capabilities().contains(Capability.ADDRESS)) {
            return;
        }
        for (AddressSpec spec : core.types().descriptor(service.type()).allAddresses()) {
            if (service.address(spec.id()) == null) {
                reserve(service.sid(), spec, cloud);
            }
        }
    }

    /** A service can do without a further address, so it is made even where the cloud has no more to give. */
    private void reserve(long sid, AddressSpec spec, Cloud cloud) {
        try {
            String address = cloud.reserveAddress(key(sid, spec.id()));
            update(sid, held -> {
                held.put(spec.id(), new Held(address, null));
                return held;
            });
        } catch (CloudException e) {
            boolean spare = !spec.id().equals(AddressSpec.PUBLIC) && (e.kind() == CloudException.Kind.QUOTA || e.kind() == CloudException.Kind.CAPACITY);
            if (!spare) {
                throw e;
            }
            LOG.warn("Service {} has no address '{}': {}", sid, spec.id(), e.getMessage());
        }
    }

    private void update(long sid, UnaryOperator<Map<String, Held>> change) {
        core.database().write(s -> {
            Services.setAddresses(s, sid, change.apply(new HashMap<>(Services.get(s, sid).addresses())));
            return null;
        });
    }

    /** Carries out a step of {@link AddressSteps}. */
    void attach(OperationRow op, PlanStep step) {
        steps(op.sid()).about(step).ifPresent(spec -> attach(op.sid(), spec.id(), step.node()));
    }

    AddressSteps steps(long sid) {
        return new AddressSteps(core.types().descriptor(core.database().read(s -> Services.get(s, sid)).type()));
    }

    /**
     * Leads an address of the service to a node; does nothing if it has no such address. The cloud is asked even if the address was noted there last: an answer
     * may have been lost.
     */
    void attach(long sid, String id, String nodeId) {
        Service service = core.database().read(s -> Services.get(s, sid));
        Node node = core.database().read(s -> Nodes.get(s, nodeId));
        if (service.address(id) == null || node.vmid() == null) {
            return;
        }
        core.clouds().get(node.cloud()).attachAddress(service.address(id), node.vmid());
        update(sid, held -> {
            held.computeIfPresent(id, (key, now) -> new Held(now.address(), nodeId));
            return held;
        });
    }

    void release(Service service) {
        service.addresses().values().forEach(held -> core.clouds().get(service.cloud()).releaseAddress(held.address()));
    }

    /** Gives back what no service claims: a director may have been killed between reserving an address and noting it. */
    public void sweep() {
        for (Map.Entry<String, Cloud> entry : core.clouds().usable().entrySet()) {
            try {
                sweep(entry.getKey(), entry.getValue());
            } catch (CloudException e) {
                LOG.warn("Sweeping addresses of cloud {}: {}: {}", entry.getKey(), e.kind(), e.getMessage());
            }
        }
    }

    private void sweep(String name, Cloud cloud) {
        // the list first: what is reserved for a service stored later cannot be in it
        Map<String, String> reserved = cloud.capabilities().contains(Capability.ADDRESS) ? cloud.reservedAddresses() : Map.of();
        Set<Long> here = core.database().read(Services::all).stream().map(Service::sid).collect(Collectors.toSet());
        reserved.forEach((key, address) -> {
            Matcher ours = KEY.matcher(key);
            if (ours.matches() && !here.contains(Long.parseLong(ours.group(1)))) {
                LOG.warn("Releasing address {} of cloud {}: no service claims it", address, name);
                cloud.releaseAddress(address);
            }
        });
    }

    /** Addresses of a service that does not run: they lead nowhere. */
    static Map<String, Held> detached(Service service) {
        Map<String, Held> nowhere = new HashMap<>();
        service.addresses().forEach((id, held) -> nowhere.put(id, new Held(held.address(), null)));
        return nowhere;
    }
}
