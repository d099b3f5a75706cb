package eu.conpaas.director.internal.operation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.Assignment;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.Observed;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Operation.StepState;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.api.StepReport;
import eu.conpaas.director.internal.Failpoint;
import eu.conpaas.director.internal.account.Members;
import eu.conpaas.director.internal.content.CodeVersions;
import eu.conpaas.director.internal.git.GitStore;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Session;

/** What the director says to managers and hears from them. */
public final class Managers {
    private final Core core;
    private final Progress progress;

    public Managers(Core core) {
        this.core = core;
        this.progress = new Progress(core);
    }

    /** Waits until there is an assignment other than the one seen, at most so long; gives the present one. */
    public Assignment work(long sid, String node, long seen, long millis) throws InterruptedException {
        requireCurrent(core.database().read(s -> Services.get(s, sid)), node);
        long version = core.bells().await(sid, seen, millis);
        return core.database().read(s -> assignment(s, sid, node, version));
    }

    private Assignment assignment(Session s, long sid, String node, long version) {
        Service service = Services.get(s, sid);
        requireCurrent(service, node);
        OperationRow op = Operations.openOf(s, sid).orElse(null);
        List<Node> agents = Nodes.ofService(s, sid).stream().filter(n -> n.kind() == NodeKind.AGENT).toList();
        Set<String> dead = core.dead().now();
        String folder = Nodes.find(s, node).map(Node::sharedFolder).orElse(null);
        DesiredState target = op == null ? null : op.target();
        return new Assignment(version, service.epoch(), Views.service(s, service), service.desired(), target, op == null ? null : op.view(),
                agents.stream().map(Node::view).toList(), agents.stream().map(Node::id).filter(dead::contains).toList(), CodeVersions.list(s, sid), folder,
                service.address(), Publishing.to(s, core.types(), service), service.secrets(), GitStore.view(s, sid), callers(s, service.aid()),
                service.furtherAddresses());
    }

    private static Assignment.Callers callers(Session s, long aid) {
        Set<Long> uids = Members.callers(s, aid);
        Set<String> revoked = new HashSet<>();
        uids.forEach(uid -> revoked.addAll(s.list("SELECT serial FROM revocation JOIN certificate USING (serial) WHERE uid = ? AND node IS NULL", r -> r.text("serial"), uid)));
        return new Assignment.Callers(uids, revoked);
    }

    /** Refuses what a manager says that is not, or no longer, the service's. @throws ApiException STALE_EPOCH */
    public static void require(Service service, String node, long epoch) {
        requireCurrent(service, node);
        requireEpoch(service, epoch);
    }

    /** A manager that has been replaced learns so with its next call. */
    private static void requireCurrent(Service service, String node) {
        if (!node.equals(service.managerNode())) {
            throw new ApiException(ErrorCode.STALE_EPOCH, "Node " + node + " is no longer the manager of service " + service.sid() + ".",
                    "End this node; another manager has taken over.");
        }
    }

    private static void requireEpoch(Service service, long epoch) {
        if (epoch < service.epoch()) {
            throw new ApiException(ErrorCode.STALE_EPOCH, "Epoch " + epoch + " is over; the service is at " + service.epoch() + ".",
                    "End this node; another manager has taken over.");
        }
    }

    /** Takes a step report; the same one again changes nothing. */
    public void report(long sid, String node, StepReport report) {
        Failpoint.BEFORE_STEP_REPORT.hit();
        core.database().write(s -> {
            Service service = Services.get(s, sid);
            require(service, node, report.epoch());
            OperationRow op = Operations.find(s, report.operation()).filter(o -> o.sid() == sid)
                    .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "Service " + sid + " has no operation " + report.operation() + ".", ""));
            PlanStep step = op.plan().steps().stream().filter(p -> p.id().equals(report.step()) && p.actor() == Actor.MANAGER).findFirst()
                    .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "Operation " + op.id() + " has no manager's step " + report.step() + ".", ""));
            take(s, op, step, report);
            return null;
        });
        Failpoint.AFTER_STEP_REPORT.hit();
    }

    private void take(Session s, OperationRow op, PlanStep step, StepReport report) {
        StepState before = op.stepState(step.id());
        if (op.finished() != null || before == report.state()) {
            return;
        }
        boolean undoing = op.state() == Operation.State.UNDOING;
        if (undoing) {
            if (report.state() == StepState.UNDONE) {
                progress.step(s, op, step, StepState.UNDONE, report.detail());
            } else if (report.state() == StepState.FAILED) {
                Operations.setStep(s, op.id(), step.id(), before, detail(report), core.clock().instant(), true);
            } else {
                // work that was under way when the operation turned back: it counts as done, so that it is undone
                progress.step(s, op, step, report.state(), report.detail());
            }
            return;
        }
        if (before == StepState.DONE || before == StepState.SKIPPED || report.state() == StepState.UNDONE) {
            return;
        }
        progress.step(s, op, step, report.state(), detail(report));
        if (report.state() == StepState.FAILED && !op.isForwardOnly() && !step.isSwitch()) {
            ApiError error = report.error() != null ? report.error()
                    : new ApiError(ErrorCode.STEP_FAILED, step.title() + " failed: " + report.detail(), "Try again.");
            progress.state(s, op, Operation.State.UNDOING, error);
        }
    }

    private static String detail(StepReport report) {
        return report.error() != null ? report.error().cause() : report.detail();
    }

    /** Takes what a manager sees. */
    public void observed(long sid, String node, Observed observed) {
        Service service = core.database().read(s -> Services.get(s, sid));
        require(service, node, observed.epoch());
        Observed before = service.observed();
        Map<String, String> known = before == null ? null : before.published();
        Observed complete = observed.published() == null ? observed.withPublished(known) : observed;
        boolean news = before == null || before.healthy() != observed.healthy() || !before.unhealthy().equals(observed.unhealthy());
        core.database().write(s -> {
            Services.setObserved(s, sid, complete);
            if (complete.published() != null && !complete.published().equals(known)) {
                core.events().add(s, "service.published", service.uid(), service.aid(), sid, Map.of());
            }
            if (news) {
                core.events().add(s, "service.health", service.uid(), service.aid(), sid, health(observed));
            }
            return null;
        });
    }

    private static Map<String, Object> health(Observed observed) {
        Map<String, Object> health = new HashMap<>();
        health.put("healthy", observed.healthy());
        health.put("unhealthy", observed.unhealthy());
        health.put("detail", observed.detail() == null ? "" : observed.detail());
        return health;
    }

    /** Nodes the manager wants replaced that are still there. */
    static Set<String> unhealthy(Service service) {
        return service.observed() == null || service.observed().epoch() != service.epoch() ? Set.of()
                : service.observed().unhealthy().stream().filter(n -> service.desired().placement().stream().anyMatch(p -> p.node().equals(n)))
                        .collect(Collectors.toSet());
    }
}
