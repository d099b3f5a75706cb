package eu.conpaas.director.internal.operation;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Placement;
import eu.conpaas.api.Plan;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.StepKind;
import eu.conpaas.director.internal.Failpoint;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.service.plan.Planned;

/** Stores an accepted change: operation, target, node rows with their holds and the transient state, in one transaction. */
final class Acceptor {
    private static final SecureRandom RANDOM = new SecureRandom();
    private final Core core;
    private final Progress progress;

    Acceptor(Core core) {
        this.core = core;
        this.progress = new Progress(core);
    }

    static String newId() {
        byte[] random = new byte[6];
        RANDOM.nextBytes(random);
        return "op-" + HexFormat.of().formatHex(random);
    }

    /** A planned change with node ids in place of slots. */
    record Bound(DesiredState target, Plan plan, Map<String, String> ids) {
    }

    static Bound bind(DesiredState target, Plan plan) {
        Map<String, String> ids = new LinkedHashMap<>();
        plan.steps().stream().filter(s -> s.kind().equals(StepKind.CREATE_NODE)).forEach(s -> ids.put(s.node(), Nodes.newId()));
        List<Placement> placement = target.placement().stream().map(p -> new Placement(ids.getOrDefault(p.node(), p.node()), p.roles(), p.cloud())).toList();
        List<PlanStep> steps = plan.steps().stream().map(s -> bound(s, ids)).toList();
        Plan bound = new Plan(plan.kind(), plan.summary(), steps, plan.creditsPerHour(), plan.creditsPerHourNow(), plan.creditsNow(), plan.seconds(),
                plan.warnings(), plan.confirm());
        return new Bound(target.withPlacement(placement), bound, ids);
    }

    private static PlanStep bound(PlanStep s, Map<String, String> ids) {
        String id = s.node() == null ? null : ids.get(s.node());
        return id == null ? s : new PlanStep(s.id(), s.actor(), s.kind(), s.title().replace(s.node(), id), id, s.role(), s.isSwitch(), s.seconds());
    }

    /** Stores the change of an existing service. @throws eu.conpaas.api.ApiException NOT_ENOUGH_CREDITS; nothing is stored then */
    OperationRow accept(Session s, Service service, Planned planned, Set<String> dead, String by) {
        Bound bound = bind(planned.target(), planned.plan());
        OperationRow op = row(service.sid(), service.aid(), service.uid(), bound, service.state(), by);
        Operations.insert(s, op);
        Iterator<String> predecessors = replaced(service, bound, dead).iterator();
        bound.target.placement().stream().filter(p -> bound.ids.containsValue(p.node())).forEach(p -> core.nodes().request(s, p.node(),
                new Nodes.Wanted(service.sid(), service.aid(), service.uid(), NodeKind.AGENT, p.cloud(), 0, predecessors.hasNext() ? predecessors.next() : null)));
        progress.tell(s, op, Map.of("operation", op.id(), "kind", op.kind(), "state", op.state().name(), "summary", op.plan().summary()));
        progress.serviceState(s, service, transientState(bound), op.kind());
        s.afterCommit(Failpoint.AFTER_ACCEPT::hit);
        return op;
    }

    /** Stores a new service's operation; its manager's node comes with it. */
    OperationRow acceptNew(Session s, Service service, Planned planned, String by) {
        Bound bound = bind(planned.target(), planned.plan());
        OperationRow op = row(service.sid(), service.aid(), service.uid(), bound, ServiceState.INIT, by);
        Operations.insert(s, op);
        String manager = bound.ids.values().iterator().next();
        core.nodes().request(s, manager, new Nodes.Wanted(service.sid(), service.aid(), service.uid(), NodeKind.MANAGER, service.cloud(), service.epoch(), null));
        Services.setManager(s, service.sid(), manager, service.epoch());
        progress.tell(s, op, Map.of("operation", op.id(), "kind", op.kind(), "state", op.state().name(), "summary", op.plan().summary()));
        s.afterCommit(Failpoint.AFTER_ACCEPT::hit);
        return op;
    }

    private OperationRow row(long sid, long aid, long uid, Bound bound, ServiceState before, String by) {
        Instant now = core.clock().instant();
        ServiceState stable = before.isTransient() ? ServiceState.ERROR : before;
        return new OperationRow(newId(), sid, aid, uid, bound.plan.kind(), Operation.State.RUNNING, bound.plan, Map.of(), Map.of(), bound.target, stable, null,
                by, now, null, false);
    }

    private static List<String> replaced(Service service, Bound bound, Set<String> dead) {
        List<String> leaving = new ArrayList<>();
        service.desired().placement().stream().map(Placement::node)
                .filter(n -> dead.contains(n) && bound.target.placement().stream().noneMatch(p -> p.node().equals(n))).forEach(leaving::add);
        return leaving;
    }

    private static ServiceState transientState(Bound bound) {
        if (bound.target.goal() == Goal.STOPPED || bound.target.goal() == Goal.TERMINATED) {
            return ServiceState.EPILOGUE;
        }
        return bound.plan.kind().equals("start") ? ServiceState.PROLOGUE : ServiceState.ADAPTING;
    }
}
