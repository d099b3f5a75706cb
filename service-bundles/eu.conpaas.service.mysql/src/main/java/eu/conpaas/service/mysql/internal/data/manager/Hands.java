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

    /** Ends the servers that must not run while other data take the place of the master's. */
    void end(Situation situation) throws InterruptedException;

    /** Starts the master's server with the data that are there now; all others are to be copies of it. */
    void renew(NodeView node, Situation situation) throws InterruptedException;

    /** Gives a server a copy of the master's data in place of its own. */
    void refill(NodeView node, Situation situation) throws InterruptedException;
}
