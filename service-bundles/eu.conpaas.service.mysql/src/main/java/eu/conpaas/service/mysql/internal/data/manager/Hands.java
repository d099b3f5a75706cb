package eu.conpaas.service.mysql.internal.data.manager;

import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Situation;
import java.util.List;

/** What the service's manager does with servers on behalf of the care for their data. */
public interface Hands {
    /** @throws eu.conpaas.api.ApiException UNAVAILABLE if there is none that lives */
    NodeView master(Situation situation);

    /** Replicas that live. */
    List<NodeView> slaves(Situation situation);

    /** Starts the node's server, or gives it its present settings. */
    void configure(NodeView node, Situation situation);

    /** Has the node's server take writes as the only one. */
    void lead(NodeView node, Situation situation);

    /** Fills a replica with a copy of the master's data in place of its own. */
    void refill(NodeView node, Situation situation);
}
