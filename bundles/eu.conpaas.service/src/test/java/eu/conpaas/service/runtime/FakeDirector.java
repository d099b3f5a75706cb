package eu.conpaas.service.runtime;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Assignment;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeState;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Observed;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Plan;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.api.StepReport;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Upload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The director's side of one operation, as the manager sees it. */
final class FakeDirector implements DirectorLink {
    final List<String> reports = new ArrayList<>();
    final List<String> asked = java.util.Collections.synchronizedList(new ArrayList<>());
    private final List<Observed> observed = new ArrayList<>();
    private final Map<String, Operation.Progress> steps = new HashMap<>();
    private final DesiredState from;
    private final DesiredState to;
    private final List<PlanStep> plan;
    private Operation.State state = Operation.State.RUNNING;
    private boolean finished;
    private boolean refuseAll;
    private int deaf;
    private long version = 1;

    FakeDirector(DesiredState from, DesiredState to, List<PlanStep> plan) {
        this.from = from;
        this.to = to;
        this.plan = plan;
    }

    @Override
    public synchronized Assignment work(long seen) {
        check();
        long deadline = System.currentTimeMillis() + 2000;
        while (version == seen && System.currentTimeMillis() < deadline && !refuseAll) {
            try {
                wait(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        check();
        return assignment();
    }

    private Assignment assignment() {
        ServiceView service = new ServiceView(1, "s", "demo", ServiceState.ADAPTING, Instant.EPOCH, "", 0, null, "default", 1, 1, null, null);
        List<NodeView> nodes = to.placement().stream().map(p -> new NodeView(p.node(), 1, 1, NodeKind.AGENT, NodeState.READY, "default", p.node(), "127.0.0.1", 1,
                Instant.EPOCH, null, null)).toList();
        Operation op = finished ? null : new Operation("op", 1, 1, "scale", state, new Plan("scale", "", plan, 0, 0, 0, 0, List.of(), false), steps, null, "me",
                Instant.EPOCH, null, false);
        boolean arrived = finished && state == Operation.State.RUNNING;
        return new Assignment(version, 7, service, arrived ? to : from, finished ? null : to, op, nodes, List.of(), List.of(), null, null, List.of(), Map.of());
    }

    private void check() {
        if (refuseAll) {
            throw new ApiException(ErrorCode.STALE_EPOCH, "over", "");
        }
        if (deaf > 0) {
            deaf--;
            throw new ApiException(ErrorCode.UNAVAILABLE, "away", "");
        }
    }

    @Override
    public synchronized void report(StepReport report) {
        check();
        reports.add(report.step() + " " + report.state());
        steps.put(report.step(), new Operation.Progress(report.state(), null, null, report.detail()));
        if (report.state() == Operation.StepState.FAILED) {
            state = Operation.State.UNDOING;
        }
        changed();
    }

    @Override
    public synchronized void observed(Observed seen) {
        check();
        observed.add(seen);
        notifyAll();
    }

    @Override
    public Object call(String method, Map<String, Object> arguments, Collection<Upload> uploads, Caller caller) {
        asked.add(method + " " + arguments + " for " + caller.uid());
        return Map.of("operation", "op");
    }

    /** A step of the director's own is done. */
    synchronized void done(String step) {
        steps.put(step, new Operation.Progress(Operation.StepState.DONE, null, null, null));
        changed();
    }

    synchronized void turnBack() {
        state = Operation.State.UNDOING;
        changed();
    }

    synchronized void finish() {
        finished = true;
        changed();
    }

    synchronized void refuse() {
        refuseAll = true;
        notifyAll();
    }

    synchronized void deafFor(int calls) {
        deaf = calls;
    }

    synchronized Observed lastObserved() {
        return observed.isEmpty() ? null : observed.getLast();
    }

    synchronized boolean said(String report) {
        return reports.contains(report);
    }

    private void changed() {
        version++;
        notifyAll();
    }
}
