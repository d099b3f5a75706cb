package eu.conpaas.service.plan;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceDescriptor;
import java.util.List;
import java.util.Set;

/**
 * The part of a service type that decides what a change means: pure functions without clock, disk or network, so that the director can
 * call them while no manager is there, and a test can call them alone. All refusals are {@link eu.conpaas.api.ApiException}s.
 */
public interface ServicePlanner {
    /** The service type's descriptor. */
    ServiceDescriptor descriptor();

    /** State of a service that has just been created. The default takes the roles' initial counters. */
    default DesiredState initial() {
        return CommonChanges.initial(descriptor());
    }

    /**
     * What a request means. The default knows the common methods ({@code startup}, {@code shutdown}, {@code add_nodes}, {@code remove_nodes});
     * a type with methods of its own handles those and leaves the rest to {@code CommonChanges}.
     */
    default Change change(ChangeRequest request, DesiredState now) {
        return CommonChanges.change(descriptor(), request, now);
    }

    /**
     * Refuses a state that comes from outside (an import) and to which no changes could have led, by {@link eu.conpaas.api.ApiException}. The default
     * checks what the descriptor says of roles and settings, and that names and values are no more than plain text.
     */
    default void checkState(DesiredState state) {
        StateCheck.check(descriptor(), state);
    }

    /**
     * Which nodes have which roles for the wanted counters. Nodes that stay keep their place; nodes to be made are slots
     * ({@code new-1}, …). The default gives each role nodes of its own; placement is empty unless the goal is RUNNING.
     *
     * @param wanted  counters and goal, with the present placement
     * @param unwanted nodes to take away first (chosen by the user, or dead); each is replaced if the counters ask for it
     * @param cloud   cloud of nodes to be made
     */
    default List<Placement> place(DesiredState wanted, Set<String> unwanted, String cloud) {
        return SeparatePlacement.place(descriptor(), wanted, unwanted, cloud);
    }

    /**
     * Refuses nodes that the user has chosen to be taken away though they must stay, by {@link eu.conpaas.api.ApiException}. Not asked about dead
     * nodes, which are replaced in any case. The default refuses none.
     *
     * @param from   with the present placement
     * @param wanted counters after the change
     */
    default void checkChosen(DesiredState from, DesiredState wanted, Set<String> chosen) {
    }

    /**
     * The manager's and director's steps that lead from one state to the other, in order. The default is
     * {@link TopologySteps}: create nodes, configure, check, switch, drain, release, remove nodes. A type adds steps of its own for
     * changes that are no change of topology (a version, settings).
     *
     * @param dead nodes that do not answer: nothing is asked of them
     */
    default List<PlanStep> steps(DesiredState from, DesiredState to, Set<String> dead) {
        return TopologySteps.between(descriptor(), from, to, dead);
    }

    /** What the user should know before a change; the default has nothing to say. {@code shared}: whether the cloud has shared folders. */
    default List<String> warnings(DesiredState from, DesiredState to, boolean shared) {
        return List.of();
    }

    /** Whether the change needs the user's explicit yes. */
    default boolean needsConfirmation(DesiredState from, DesiredState to, boolean shared) {
        return false;
    }
}
