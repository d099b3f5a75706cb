package eu.conpaas.service.plan;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.Placement;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.RoleSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Each role on nodes of its own; the longest-serving nodes stay, the newest go first. */
public final class SeparatePlacement {
    private SeparatePlacement() {
    }

    /** See {@link ServicePlanner#place}. */
    public static List<Placement> place(ServiceDescriptor descriptor, DesiredState wanted, Set<String> unwanted, String cloud) {
        List<Placement> result = new ArrayList<>();
        if (wanted.goal() != Goal.RUNNING) {
            return result;
        }
        int slot = 1;
        for (RoleSpec role : descriptor.roles()) {
            int count = wanted.counts().getOrDefault(role.id(), 0);
            List<Placement> staying = wanted.placement().stream().filter(p -> p.has(role.id()) && !unwanted.contains(p.node())).limit(count).toList();
            result.addAll(staying);
            for (int i = staying.size(); i < count; i++) {
                result.add(new Placement(Placement.SLOT + slot++, Set.of(role.id()), cloud));
            }
        }
        return result;
    }
}
