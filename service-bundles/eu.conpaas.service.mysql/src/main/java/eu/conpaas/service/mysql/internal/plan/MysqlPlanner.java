package eu.conpaas.service.mysql.internal.plan;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.mysql.internal.Mode;
import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.data.DataNames;
import eu.conpaas.service.mysql.internal.data.plan.DataChanges;
import eu.conpaas.service.mysql.internal.data.plan.DataSteps;
import eu.conpaas.service.mysql.internal.data.plan.DataWarnings;
import eu.conpaas.service.mysql.internal.engine.PasswordHash;
import eu.conpaas.service.plan.Change;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.ServicePlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What changes of a MySQL service mean. */
public final class MysqlPlanner implements ServicePlanner {
    private final ServiceDescriptor descriptor;

    public MysqlPlanner(ServiceDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public ServiceDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public Change change(ChangeRequest request, DesiredState now) {
        if (request.method().equals("promote")) {
            return MysqlPlacement.promote(request, now);
        }
        return new DataChanges(descriptor, request, now).change().orElseGet(() -> ServicePlanner.super.change(request, now));
    }

    /** What the type keeps beside settings: hashes of passwords, and how often the databases were put back. */
    @Override
    public void checkState(DesiredState state) {
        ServicePlanner.super.checkState(state);
        state.data().forEach((key, value) -> {
            boolean right = key.matches(Pattern.quote(DataNames.ACCOUNT) + "\\w{1,80}") ? PasswordHash.isHash(value) : key.equals(DataNames.HISTORY) && value.matches("\\d{1,6}");
            if (!right) {
                throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:'" + key + "' is nothing that a MySQL service keeps.", "Export it again.");
            }
        });
    }

    @Override
    public List<Placement> place(DesiredState wanted, Set<String> unwanted, String cloud) {
        return MysqlPlacement.place(wanted, unwanted, cloud);
    }

    @Override
    public List<PlanStep> steps(DesiredState from, DesiredState to, Set<String> dead) {
        if (from.placement().equals(to.placement())) {
            return new DataSteps(from, to).all();
        }
        if (DataSteps.isAsked(to)) {
            throw new ApiException(ErrorCode.CONFLICT, "A node of the service has died and is just being replaced.", "Try again in a moment.");
        }
        return new MysqlSteps(from, to, dead, Mode.of(descriptor, to)).all();
    }

    @Override
    public List<String> warnings(DesiredState from, DesiredState to, boolean shared) {
        List<String> warnings = new ArrayList<>(DataWarnings.of(to));
        if (!shared && ends(from, to)) {
            warnings.add("This cloud has no folder that survives its nodes: when the service stops, all its data are lost.");
        } else if (!shared && begins(from, to)) {
            warnings.add("This cloud has no folder that survives its nodes: the data are lost when the service stops, or when the master's node is lost and there is no replica.");
        }
        if (to.goal() == Goal.RUNNING && from.counts().getOrDefault(Names.SLAVES, 0) > 0 && to.counts().getOrDefault(Names.SLAVES, 0) == 0) {
            warnings.add("Without a replica nothing takes over at once when the master dies.");
        }
        if (Mode.of(descriptor, to) == Mode.GALERA && to.goal() == Goal.RUNNING && to.counts().getOrDefault(Names.SLAVES, 0) == 1
                && from.counts().getOrDefault(Names.SLAVES, 0) != 1) {
            warnings.add("Of two servers neither can tell whether the other is dead or only cut off: when one dies, writes wait until the manager has seen to it. Three go on at once.");
        }
        return warnings;
    }

    @Override
    public boolean needsConfirmation(DesiredState from, DesiredState to, boolean shared) {
        return !DataWarnings.of(to).isEmpty() || !shared && (ends(from, to) || begins(from, to));
    }

    private static boolean begins(DesiredState from, DesiredState to) {
        return from.goal() != Goal.RUNNING && to.goal() == Goal.RUNNING;
    }

    private static boolean ends(DesiredState from, DesiredState to) {
        return from.goal() == Goal.RUNNING && to.goal() != Goal.RUNNING;
    }
}
