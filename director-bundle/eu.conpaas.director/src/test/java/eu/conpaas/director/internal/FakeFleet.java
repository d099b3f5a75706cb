package eu.conpaas.director.internal;

import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.Assignment;
import eu.conpaas.api.Bootstrap;
import eu.conpaas.api.Enrolment;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Heartbeat;
import eu.conpaas.api.NodeContext;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.Observed;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Operation.StepState;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.api.Protocol;
import eu.conpaas.api.StepReport;
import eu.conpaas.client.Connection;
import eu.conpaas.client.NodeLink;
import eu.conpaas.cloud.Vm;
import eu.conpaas.cloud.testkit.HostileWorld;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Keys;
import eu.conpaas.rpc.Cancellation;
import eu.conpaas.rpc.Json;

/** Plays the nodes of a {@link HostileWorld} over real HTTPS: they enrol, beat, and the managers among them carry out every step. */
final class FakeFleet implements AutoCloseable {
    private final HostileWorld world;
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();
    private final Map<String, Credentials> credentials = new ConcurrentHashMap<>();
    private final Set<String> silenced = ConcurrentHashMap.newKeySet();
    private final Map<Long, Assignment> assignments = new ConcurrentHashMap<>();
    private final Map<Long, NodeLink> managers = new ConcurrentHashMap<>();
    private volatile BiPredicate<Assignment, PlanStep> failing = (a, s) -> false;
    private volatile Predicate<PlanStep> hanging = s -> false;
    private volatile Door door;
    private volatile boolean closed;

    FakeFleet(HostileWorld world) {
        this.world = world;
        world.onBoot(vm -> threads.put(vm.id(), Thread.ofVirtual().name("vm " + vm.id()).start(() -> live(vm))));
    }

    /** Steps that managers report as failed. */
    void fail(Predicate<PlanStep> steps) {
        failing = (assignment, step) -> steps.test(step);
    }

    /** The same by what the manager has been told. */
    void fail(BiPredicate<Assignment, PlanStep> steps) {
        failing = steps;
    }

    /** Steps that managers begin and do not finish. */
    void hang(Predicate<PlanStep> steps) {
        hanging = steps;
    }

    /** A node's process dies; its VM stays. */
    void silence(String vmid) {
        silenced.add(vmid);
        threads.get(vmid).interrupt();
    }

    /** The last assignment the service's manager was given, or null. */
    Assignment assignment(long sid) {
        return assignments.get(sid);
    }

    /** What the service's manager speaks with the director by. */
    NodeLink manager(long sid) {
        return managers.get(sid);
    }

    /** Has the service's manager report what it publishes. */
    void publish(long sid, Map<String, String> values) {
        managers.get(sid).observed(new Observed(assignments.get(sid).epoch(), 1, true, List.of(), null, values, Map.of()));
    }

    /** What a node proves itself with. */
    Credentials credentials(String vmid) {
        return credentials.get(vmid);
    }

    private boolean isUp(Vm vm) {
        return !closed && !silenced.contains(vm.id()) && world.vms().stream().anyMatch(v -> v.id().equals(vm.id()));
    }

    private void live(Vm vm) {
        Bootstrap bootstrap = Json.read(world.request(vm.id()).userData(), Bootstrap.class);
        KeyPair pair = Keys.generate();
        KeyMaterial keys = KeyMaterial.none();
        Connection connection = Connection.to(bootstrap.director()).pin(bootstrap.fingerprint());
        Enrolment.Answer answer = null;
        while (isUp(vm) && answer == null) {
            try (NodeLink link = connection.nodeLink()) {
                answer = link.enrol(bootstrap.node(), bootstrap.token(), pair, vm.address(), Protocol.VERSION, "test");
            } catch (ApiException e) {
                if (e.error().code() == ErrorCode.NOT_AUTHENTICATED || !pause()) {
                    return;
                }
            }
        }
        if (answer == null) {
            return;
        }
        keys.replace(NodeLink.credentials(answer, pair));
        credentials.put(vm.id(), keys.current());
        beat(vm, connection.keys(keys), answer);
    }

    /** Answers calls of the director at a manager's address. */
    interface Door {
        InetSocketAddress open(NodeContext context, KeyMaterial keys, NodeLink link);
    }

    /** Managers made from now on have such a door. */
    void doors(Door newDoor) {
        door = newDoor;
    }

    private void beat(Vm vm, Connection connection, Enrolment.Answer answer) {
        boolean manager = answer.context().kind() == NodeKind.MANAGER;
        try (NodeLink link = connection.nodeLink()) {
            InetSocketAddress real = manager && door != null ? door.open(answer.context(), connection.keyMaterial(), link) : null;
            String address = real == null ? vm.address() : real.getHostString();
            int port = real != null ? real.getPort() : manager ? 443 : 5555;
            Thread worker = null;
            while (isUp(vm)) {
                try {
                    link.heartbeat(new Heartbeat(Protocol.VERSION, "test", address, port, "boot", true, null, Map.of()));
                    if (manager && worker == null) {
                        worker = Thread.ofVirtual().start(() -> manage(vm, link));
                    }
                } catch (ApiException e) {
                    // the director is away for a while
                }
                if (!pause()) {
                    break;
                }
            }
            if (worker != null) {
                worker.interrupt();
            }
        }
    }

    private void manage(Vm vm, NodeLink link) {
        long seen = 0;
        while (isUp(vm)) {
            try {
                Assignment work = link.work(seen, new Cancellation());
                if (work != null) {
                    seen = work.version();
                    managers.put(work.service().sid(), link);
                    assignments.put(work.service().sid(), work);
                    carryOut(work, link);
                }
            } catch (CancellationException e) {
                return;
            } catch (ApiException e) {
                if (e.error().code() == ErrorCode.STALE_EPOCH || !pause()) {
                    return;
                }
            }
        }
    }

    private void carryOut(Assignment work, NodeLink link) {
        Operation op = work.operation();
        if (op == null) {
            return;
        }
        if (op.state() == Operation.State.UNDOING) {
            for (PlanStep step : op.plan().steps().reversed()) {
                Operation.Progress progress = op.steps().get(step.id());
                boolean begun = progress != null && (progress.state() == StepState.DONE || progress.state() == StepState.RUNNING || progress.state() == StepState.FAILED);
                if (step.actor() == Actor.MANAGER && begun) {
                    link.step(new StepReport(work.epoch(), op.id(), step.id(), StepState.UNDONE, null, null));
                }
            }
            return;
        }
        for (PlanStep step : op.remaining()) {
            boolean mine = step.actor() == Actor.MANAGER;
            boolean anyFailed = op.steps().values().stream().anyMatch(p -> p.state() == StepState.FAILED);
            if (!mine || anyFailed) {
                return;
            }
            link.step(new StepReport(work.epoch(), op.id(), step.id(), StepState.RUNNING, null, null));
            if (hanging.test(step)) {
                return;
            }
            if (failing.test(work, step)) {
                link.step(new StepReport(work.epoch(), op.id(), step.id(), StepState.FAILED, "as asked", new ApiError(ErrorCode.STEP_FAILED, "as asked", "")));
                return;
            }
            link.step(new StepReport(work.epoch(), op.id(), step.id(), StepState.DONE, null, null));
        }
    }

    private boolean pause() {
        try {
            Thread.sleep(200);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** VM ids there are. */
    List<String> vms() {
        return world.vms().stream().map(Vm::id).toList();
    }

    @Override
    public void close() {
        closed = true;
        threads.values().forEach(Thread::interrupt);
    }
}
