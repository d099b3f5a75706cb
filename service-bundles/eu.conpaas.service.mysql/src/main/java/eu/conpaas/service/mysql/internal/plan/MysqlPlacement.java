package eu.conpaas.service.mysql.internal.plan;

import static eu.conpaas.service.mysql.internal.Names.MASTERS;
import static eu.conpaas.service.mysql.internal.Names.SLAVES;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Placement;
import eu.conpaas.api.ServiceState;
import eu.conpaas.service.plan.Change;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.CommonChanges;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which node is master and which are slaves. The master stays for as long as it lives; then the slave that has served longest takes its place, and a
 * new slave is made. Which slave has received most is not known here: the manager has the chosen one catch up first.
 */
final class MysqlPlacement {
    private MysqlPlacement() {
    }

    static List<Placement> place(DesiredState wanted, Set<String> unwanted, String cloud) {
        List<Placement> result = new ArrayList<>();
        if (wanted.goal() != Goal.RUNNING) {
            return result;
        }
        List<Placement> staying = new ArrayList<>(wanted.placement().stream().filter(p -> p.has(MASTERS) && !unwanted.contains(p.node())).toList());
        wanted.placement().stream().filter(p -> !p.has(MASTERS) && !unwanted.contains(p.node())).forEach(staying::add);
        int members = 1 + wanted.counts().getOrDefault(SLAVES, 0);
        for (int i = 0; i < members; i++) {
            Set<String> role = Set.of(i == 0 ? MASTERS : SLAVES);
            result.add(i < staying.size() ? new Placement(staying.get(i).node(), role, staying.get(i).cloud())
                    : new Placement(Placement.SLOT + (i - staying.size() + 1), role, cloud));
        }
        return result;
    }

    /** Master and one slave change places. Asking again for what is so already changes nothing. */
    static Change promote(ChangeRequest request, DesiredState now) {
        CommonChanges.require(request, EnumSet.of(ServiceState.RUNNING, ServiceState.ERROR));
        String chosen = request.text("slave");
        if (now.placement().stream().noneMatch(p -> p.node().equals(chosen))) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:slave '" + chosen + "' is no node of this service.",
                    "See list_nodes for its slaves.");
        }
        List<Placement> placement = new ArrayList<>();
        for (Placement p : now.placement()) {
            if (p.node().equals(chosen)) {
                placement.addFirst(new Placement(p.node(), Set.of(MASTERS), p.cloud()));
            } else {
                placement.add(new Placement(p.node(), Set.of(SLAVES), p.cloud()));
            }
        }
        return new Change("promote", now.withPlacement(placement));
    }
}
