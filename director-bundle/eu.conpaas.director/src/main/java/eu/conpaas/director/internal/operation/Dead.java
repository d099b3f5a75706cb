package eu.conpaas.director.internal.operation;

import java.util.HashSet;
import java.util.Set;

import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeState;
import eu.conpaas.api.Placement;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.service.Service;

/** Which nodes of a service nothing can be asked of any more. */
final class Dead {
    private Dead() {
    }

    /** Nodes of the desired placement that are silent, lost or ended. */
    static Set<String> of(Core core, Service service) {
        Set<String> dead = new HashSet<>();
        for (Placement place : service.desired().placement()) {
            Node node = core.database().read(s -> Nodes.find(s, place.node())).orElse(null);
            if (node == null || node.state() != NodeState.READY || core.dead().now().contains(node.id())) {
                dead.add(place.node());
            }
        }
        return dead;
    }

    /** Nodes named by an operation's steps that have been ready and are not any more. */
    static Set<String> among(Core core, OperationRow op) {
        Set<String> dead = new HashSet<>();
        op.plan().steps().forEach(step -> {
            Node node = step.node() == null ? null : core.database().read(s -> Nodes.find(s, step.node())).orElse(null);
            if (node != null && node.kind() == NodeKind.AGENT && (isOver(node.state()) || core.dead().now().contains(node.id()))) {
                dead.add(node.id());
            }
        });
        return dead;
    }

    private static boolean isOver(NodeState state) {
        return state == NodeState.LOST || state == NodeState.FAILED || state == NodeState.ENDED || state == NodeState.LEAVING;
    }
}
