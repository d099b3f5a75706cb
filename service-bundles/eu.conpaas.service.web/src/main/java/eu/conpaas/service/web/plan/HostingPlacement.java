package eu.conpaas.service.web.plan;

import static eu.conpaas.service.web.Roles.BACKEND;
import static eu.conpaas.service.web.Roles.PROXY;
import static eu.conpaas.service.web.Roles.WEB;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which nodes have which roles. A counter of 0 for web or backend means that the first proxy has that role too. The first proxy stays the
 * first for as long as it lives; of other nodes the newest go first.
 */
final class HostingPlacement {
    private final DesiredState wanted;
    private final Set<String> unwanted;
    private final String cloud;
    private final List<Placement> result = new ArrayList<>();
    private int slot = 1;

    private HostingPlacement(DesiredState wanted, Set<String> unwanted, String cloud) {
        this.wanted = wanted;
        this.unwanted = unwanted;
        this.cloud = cloud;
    }

    static List<Placement> place(DesiredState wanted, Set<String> unwanted, String cloud) {
        return wanted.goal() == Goal.RUNNING ? new HostingPlacement(wanted, unwanted, cloud).build() : List.of();
    }

    /** The first proxy cannot be chosen, nor a node none of whose roles gets fewer nodes: another would be made in its place. */
    static void checkChosen(DesiredState from, DesiredState wanted, Set<String> chosen) {
        List<String> proxies = from.nodesWith(PROXY);
        if (!proxies.isEmpty() && chosen.contains(proxies.getFirst())) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:node " + proxies.getFirst()
                    + " is the first proxy: the address of the site leads to it, and it stays for as long as it lives.", "Choose another node, or none: then the newest go.");
        }
        for (Placement place : from.placement()) {
            if (chosen.contains(place.node()) && place.roles().stream().noneMatch(r -> wanted.counts().getOrDefault(r, 0) < from.counts().getOrDefault(r, 0))) {
                throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:node " + place.node() + " is not one of those whose number gets less: it is "
                        + String.join(" and ", place.roles()) + ".", "Choose a node that has a role you remove nodes of; list_nodes shows them.");
            }
        }
    }

    private List<Placement> build() {
        Set<String> packed = new TreeSet<>(Set.of(PROXY));
        if (count(WEB) == 0) {
            packed.add(WEB);
        }
        if (count(BACKEND) == 0) {
            packed.add(BACKEND);
        }
        fill(count(PROXY), p -> p.has(PROXY), Set.of(PROXY));
        Placement first = result.getFirst();
        result.set(0, new Placement(first.node(), packed, first.cloud()));
        fill(count(WEB), p -> p.has(WEB) && !p.has(PROXY), Set.of(WEB));
        fill(count(BACKEND), p -> p.has(BACKEND) && !p.has(PROXY), Set.of(BACKEND));
        return result;
    }

    private int count(String role) {
        return wanted.counts().getOrDefault(role, 0);
    }

    private void fill(int count, Predicate<Placement> candidate, Set<String> roles) {
        List<Placement> staying = wanted.placement().stream().filter(candidate).filter(p -> !unwanted.contains(p.node())).limit(count).toList();
        staying.forEach(p -> result.add(new Placement(p.node(), roles, p.cloud())));
        for (int i = staying.size(); i < count; i++) {
            result.add(new Placement(Placement.SLOT + slot++, roles, cloud));
        }
    }
}
