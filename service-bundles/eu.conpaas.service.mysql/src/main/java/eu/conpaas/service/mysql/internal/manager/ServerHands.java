package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.data.manager.Hands;
import java.util.List;

/** Servers as the care for their data needs them. */
final class ServerHands implements Hands {
    @Override
    public NodeView master(Situation situation) {
        return Members.master(situation);
    }

    @Override
    public List<NodeView> slaves(Situation situation) {
        return Members.slaves(situation);
    }

    @Override
    public void configure(NodeView node, Situation situation) {
        situation.agents().configure(node, Names.SERVER, new Replicas(situation).doc(node).map());
    }

    @Override
    public void lead(NodeView node, Situation situation) {
        new Crew(situation).lead(node, situation.to().version(), false);
    }

    @Override
    public void refill(NodeView node, Situation situation) {
        new Replicas(situation).refill(node, Members.master(situation));
    }
}
