package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.data.manager.Hands;
import java.util.List;
import java.util.function.Function;

/**
 * Servers as the care for their data needs them.
 *
 * @param formation how the service's servers hold together
 */
record ServerHands(Function<Situation, Formation> formation) implements Hands {
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
        situation.agents().configure(node, Names.SERVER, formation.apply(situation).doc(node, situation).map());
    }

    @Override
    public void end(Situation situation) throws InterruptedException {
        formation.apply(situation).end(situation);
    }

    @Override
    public void renew(NodeView node, Situation situation) throws InterruptedException {
        formation.apply(situation).renew(node, situation);
    }

    @Override
    public void refill(NodeView node, Situation situation) throws InterruptedException {
        formation.apply(situation).refill(node, situation);
    }
}
