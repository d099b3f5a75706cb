package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Initiative;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.doc.DoorDoc;
import eu.conpaas.service.mysql.internal.doc.ServerDoc;
import java.util.function.Supplier;

/** One master, replicas that follow it. */
final class Replicated implements Formation {
    private final Rule rule;

    Replicated(Supplier<Initiative> initiative) {
        rule = new Rule(initiative);
    }

    @Override
    public ServerDoc doc(NodeView node, Situation situation) {
        return new Replicas(situation).doc(node);
    }

    @Override
    public DoorDoc door(NodeView node, Situation situation) {
        return new DoorDoc(Members.addressAt(node, situation), situation.assignment().addresses().get(Names.READS), Members.master(situation).address(), rule.readers());
    }

    @Override
    public void first(NodeView node, Situation situation) {
        new Replicas(situation).master(node);
    }

    @Override
    public void further(NodeView node, Situation situation) throws InterruptedException {
        rule.again(situation);
        new Replicas(situation).replica(node, Members.master(situation));
    }

    @Override
    public void caughtUp(NodeView node, Situation situation) throws InterruptedException {
        rule.again(situation);
        new Replicas(situation).caughtUp(node, Members.master(situation));
    }

    @Override
    public void impose(Situation situation) throws InterruptedException {
        rule.impose(situation);
    }

    @Override
    public void keep(Situation situation) throws InterruptedException {
        rule.keep(situation);
    }

    @Override
    public void restore(Situation situation, Repair repair) throws Exception {
        rule.restore(situation, repair);
    }

    @Override
    public void close(NodeView master, Situation situation) {
        new Crew(situation).unlead(master);
    }

    @Override
    public void lastWord(NodeView node, Situation situation) {
        rule.lastWord(node, situation);
    }

    @Override
    public void end(Situation situation) {
        situation.agents().release(Members.master(situation), Names.SERVER);
    }

    @Override
    public void renew(NodeView master, Situation situation) {
        situation.agents().configure(master, Names.SERVER, doc(master, situation).map());
        new Crew(situation).lead(master, situation.to().version(), false);
    }

    @Override
    public void refill(NodeView node, Situation situation) {
        new Replicas(situation).refill(node, Members.master(situation));
    }
}
