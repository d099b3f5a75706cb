package eu.conpaas.service.manager;

import eu.conpaas.api.Assignment;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.NodeView;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a manager's callback sees: the director's word, and hands to reach the agents.
 *
 * @param assignment the director's document
 * @param from       state before the operation (the desired state if none is under way)
 * @param to         state the service is being led to (the desired state if none is under way)
 * @param agents     to speak with agents
 * @param cancel     ends blocking calls when the operation is cancelled or the manager loses its epoch
 * @param progress   takes a word on how the step under way goes, for people; not more than one a second
 */
public record Situation(Assignment assignment, DesiredState from, DesiredState to, Agents agents, Cancel cancel, Consumer<String> progress) {
    /** With nobody who wants to know how it goes. */
    public Situation(Assignment assignment, DesiredState from, DesiredState to, Agents agents, Cancel cancel) {
        this(assignment, from, to, agents, cancel, word -> { });
    }

    /** The same, told of progress. */
    public Situation withProgress(Consumer<String> to) {
        return new Situation(assignment, from, this.to, agents, cancel, to);
    }

    /** Live nodes (not dead, not still being made) that have the role in the given state. */
    public List<NodeView> nodes(DesiredState state, String role) {
        return state.nodesWith(role).stream()
                .filter(id -> !assignment.dead().contains(id))
                .flatMap(id -> assignment.nodes().stream().filter(n -> n.id().equals(id)))
                .filter(n -> n.address() != null)
                .toList();
    }
}
