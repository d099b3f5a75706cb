package eu.conpaas.service.plan;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.RoleSpec;
import eu.conpaas.api.ServiceState;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The changes every service type knows. Which states they are legal in follows spec section 10.2, with exits from ERROR added. */
public final class CommonChanges {
    private static final Set<ServiceState> STARTABLE = EnumSet.of(ServiceState.INIT, ServiceState.STOPPED, ServiceState.ERROR);
    private static final Set<ServiceState> STOPPABLE = EnumSet.of(ServiceState.RUNNING, ServiceState.ERROR);

    private CommonChanges() {
    }

    /** A new service: the roles' initial counters, no nodes. */
    public static DesiredState initial(ServiceDescriptor descriptor) {
        Map<String, Integer> counts = new TreeMap<>();
        descriptor.roles().forEach(r -> counts.put(r.id(), r.initial()));
        return DesiredState.initial(counts, null);
    }

    /** What one of the common requests means. */
    public static Change change(ServiceDescriptor descriptor, ChangeRequest request, DesiredState now) {
        return switch (request.method()) {
            case "startup" -> {
                require(request, STARTABLE);
                yield new Change("start", now.withGoal(Goal.RUNNING));
            }
            case "shutdown" -> {
                require(request, STOPPABLE);
                yield new Change("stop", now.withGoal(Goal.STOPPED));
            }
            case "add_nodes" -> scale(descriptor, request, now, 1);
            case "remove_nodes" -> scale(descriptor, request, now, -1);
            default -> throw new ApiException(ErrorCode.NOT_FOUND, "method not found: " + request.method(),
                    "See 'help " + descriptor.id() + "' for what this service can do.");
        };
    }

    /** @throws ApiException WRONG_STATE if the service is in none of the states */
    public static void require(ChangeRequest request, Set<ServiceState> states) {
        if (!states.contains(request.state())) {
            throw new ApiException(ErrorCode.WRONG_STATE, "Cannot perform requested operation in current state: " + request.method()
                    + " needs " + states.stream().map(Enum::name).sorted().collect(Collectors.joining(" or ")) + ", the service is " + request.state() + ".",
                    request.state().isTransient() ? "Wait until the operation under way has finished, or cancel it." : "Start or stop the service first.");
        }
    }

    private static Change scale(ServiceDescriptor descriptor, ChangeRequest request, DesiredState now, int sign) {
        require(request, EnumSet.of(ServiceState.RUNNING));
        Map<String, Integer> counts = new TreeMap<>(now.counts());
        int total = 0;
        for (RoleSpec role : descriptor.roles()) {
            int n = request.integer(role.id(), 0);
            if (role == descriptor.roles().getFirst()) {
                n += request.integer("count", 0);
            }
            if (n < 0) {
                throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:" + role.id() + " is " + n + ".",
                        "Give a number of nodes that is not negative.");
            }
            total += n;
            counts.merge(role.id(), sign * n, Integer::sum);
            check(role, counts.get(role.id()));
        }
        if (total == 0) {
            throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument: a number of nodes for at least one role.",
                    "Name a role (" + String.join(", ", descriptor.roles().stream().map(RoleSpec::id).toList()) + ") and how many.");
        }
        return new Change("scale", now.withCounts(counts));
    }

    private static void check(RoleSpec role, int count) {
        if (count < role.min()) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Not enough " + role.id() + " nodes will be left: " + count + ", at least "
                    + role.min() + " must stay.", "Remove fewer nodes.");
        }
        if (count > role.max()) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, count + " " + role.id() + " nodes are more than the " + role.max() + " allowed.",
                    "Add fewer nodes.");
        }
    }
}
