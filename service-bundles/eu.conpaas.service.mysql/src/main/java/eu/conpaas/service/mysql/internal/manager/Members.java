package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.Names;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is who in a state of the service. Only nodes that live. */
final class Members {
    private Members() {
    }

    /** @throws ApiException UNAVAILABLE if there is none that lives */
    static NodeView master(Situation situation) {
        return master(situation, situation.to()).orElseThrow(() -> new ApiException(ErrorCode.UNAVAILABLE, "The service has no master that lives.",
                "Another takes its place in a moment."));
    }

    static Optional<NodeView> master(Situation situation, DesiredState state) {
        return situation.nodes(state, Names.MASTERS).stream().findFirst();
    }

    /** The service's address where a node's door shall listen at it: on the master's node, unless it is the node's own; else null. */
    static String addressAt(NodeView node, Situation situation) {
        String address = situation.assignment().address();
        return node.id().equals(master(situation).id()) && address != null && !address.equals(node.address()) ? address : null;
    }

    /** All but the master, in the order of the placement. */
    static List<NodeView> slaves(Situation situation) {
        return situation.nodes(situation.to(), Names.SLAVES);
    }

    static List<NodeView> all(Situation situation) {
        return Stream.concat(situation.nodes(situation.to(), Names.MASTERS).stream(), slaves(situation).stream()).toList();
    }
}
