package eu.conpaas.director.internal.operation;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Plan;
import eu.conpaas.api.ServiceState;
import eu.conpaas.cloud.Cloud.Capability;
import eu.conpaas.director.internal.Failpoint;
import eu.conpaas.director.internal.content.CodeVersions;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.node.Clouds;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.director.internal.store.StoreException;
import eu.conpaas.service.plan.Arguments;
import eu.conpaas.service.plan.Change;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.CommonMethods;
import eu.conpaas.service.plan.PlanFacts;
import eu.conpaas.service.plan.Planned;
import eu.conpaas.service.plan.Planner;
import eu.conpaas.service.plan.ServicePlanner;
import eu.conpaas.service.plan.StoredFile;
import eu.conpaas.service.reference.References;

/** The one write path: every change of a service is planned, checked, stored and begun here. */
public final class Changes {
    /** Who asks when nobody does. */
    public static final String RECONCILER = "reconciler";
    private final Core core;
    private final Engine engine;
    private final Acceptor acceptor;
    private final Locks locks = new Locks();

    public Changes(Core core, Engine engine) {
        this.core = core;
        this.engine = engine;
        this.acceptor = new Acceptor(core);
    }

    /**
     * What a request led to.
     *
     * @param operation null if only the plan was asked for
     */
    public record Answer(Plan plan, Operation operation) {
    }

    /**
     * Accepts a change.
     *
     * @param method a method whose kind is {@code change}
     * @throws ApiException for every reason to refuse it
     */
    public Answer change(long sid, String method, Map<String, Object> arguments, Asked asked) {
        Answer answer = locks.with(sid, () -> {
            Service service = core.database().read(s -> Services.get(s, sid));
            Optional<OperationRow> before = core.database().read(s -> asked.before(s, service.uid(), sid));
            if (before.isPresent()) {
                return new Answer(before.get().plan(), before.get().view());
            }
            requireUnchanged(service, asked.based());
            ServicePlanner planner = core.types().planner(service.type());
            Map<String, Object> checked = Arguments.check(CommonMethods.find(planner.descriptor(), method), arguments);
            String cloud = cloud(service, checked);
            Set<String> dead = Dead.of(core, service);
            PlanFacts facts = facts(service, cloud, unwanted(service, checked), dead);
            refuseIfBusy(service, asked.planOnly());
            Change change = planner.change(new ChangeRequest(method, checked, service.state(), core.database().read(s -> CodeVersions.list(s, sid))),
                    service.desired());
            checkReferences(service, change.wanted().environment());
            return finish(service, planner, Planner.plan(planner, service.desired(), change, facts), dead, asked, files(checked));
        });
        begin(answer);
        return answer;
    }

    /**
     * Makes sure that nobody has changed a service since somebody looked at it.
     *
     * @param based version of the desired state that was looked at, or null if that does not matter
     * @throws ApiException CONFLICT, saying who changed what
     */
    public void requireUnchanged(Service service, Long based) {
        long version = service.desired().version();
        if (based == null || based == version) {
            return;
        }
        List<OperationRow> since = core.database().read(s -> Operations.since(s, service.sid(), based));
        String what = since.stream().map(op -> op.by() + ": " + op.plan().summary() + " (" + op.finished().truncatedTo(ChronoUnit.SECONDS) + ")").collect(Collectors.joining("; "));
        throw new ApiException(ErrorCode.CONFLICT, "Service " + service.sid() + " has been changed since you looked at it (version " + based + ", now " + version + ")"
                + (what.isEmpty() ? ": its start-up script." : ": " + what + "."), "Look at it as it is now; nothing of what you asked for was done.");
    }

    /** Variables that are not as before may refer to what there is only. */
    private void checkReferences(Service service, Map<String, String> environment) {
        References references = new References(core.database().read(s -> Publishing.to(s, core.types(), service)));
        environment.forEach((name, text) -> {
            if (References.in(text) && !text.equals(service.desired().environment().get(name))) {
                references.check(name, text);
            }
        });
    }

    /** Replaces nodes of a running service. @return the operation, or empty if there is nothing to replace or another one is under way */
    public Optional<Operation> replace(long sid, Set<String> dead) {
        Answer answer = locks.with(sid, () -> {
            Service service = core.database().read(s -> Services.get(s, sid));
            if (dead.isEmpty() || core.database().read(s -> Operations.openOf(s, sid)).isPresent()) {
                return null;
            }
            ServicePlanner planner = core.types().planner(service.type());
            Planned planned = Planner.replace(planner, service.desired(), facts(service, service.cloud(), Set.of(), dead));
            return finish(service, planner, planned, dead, Asked.by(RECONCILER), List.of());
        });
        begin(answer);
        return Optional.ofNullable(answer).map(Answer::operation);
    }

    /**
     * Leads a service to a state worked out from the one it is to be in now, whatever methods its type has for that.
     *
     * @param kind of the operation
     * @return the operation, or empty if the state is the same
     */
    Optional<Operation> lead(long sid, String kind, UnaryOperator<DesiredState> to, String by) {
        Answer answer = locks.with(sid, () -> {
            Service service = core.database().read(s -> Services.get(s, sid));
            DesiredState target = to.apply(service.desired());
            if (target.equals(service.desired())) {
                return null;
            }
            refuseIfBusy(service, false);
            ServicePlanner planner = core.types().planner(service.type());
            Set<String> dead = Dead.of(core, service);
            Planned planned = Planner.plan(planner, service.desired(), new Change(kind, target), facts(service, service.cloud(), Set.of(), dead));
            return finish(service, planner, planned, dead, Asked.by(by), List.of());
        });
        begin(answer);
        return Optional.ofNullable(answer).map(Answer::operation);
    }

    private Answer finish(Service service, ServicePlanner planner, Planned planned, Set<String> dead, Asked asked, List<StoredFile> files) {
        Plan plan = new AddressSteps(planner.descriptor()).in(planned.plan(), service, planned.target(), dead);
        if (asked.planOnly()) {
            return new Answer(plan, null);
        }
        if (plan.confirm() && !asked.confirm()) {
            throw new ApiException(ErrorCode.CONFIRMATION_NEEDED, String.join(" ", plan.warnings()), "Look at the plan, then call again with confirm=true.");
        }
        Failpoint.BEFORE_ACCEPT.hit();
        OperationRow op = stored(service.sid(), s -> {
            Service now = Services.get(s, service.sid());
            if (now.desired().version() != service.desired().version()) {
                throw new ApiException(ErrorCode.CONFLICT, "The service has just been changed by somebody else.", "Look at it and try again.");
            }
            OperationRow accepted = acceptor.accept(s, now, new Planned(planned.target(), plan), dead, asked.by());
            asked.led(s, accepted);
            files.forEach(file -> ContentStore.referFor(s, service.sid(), accepted.id(), file.hash()));
            return accepted;
        });
        return new Answer(op.plan(), op.view());
    }

    private static List<StoredFile> files(Map<String, Object> arguments) {
        return arguments.values().stream().filter(StoredFile.class::isInstance).map(StoredFile.class::cast).toList();
    }

    /** A change that finds an operation under way, which the database's own rule makes sure of, is told so. */
    private OperationRow stored(long sid, java.util.function.Function<Session, OperationRow> work) {
        try {
            return core.database().write(work);
        } catch (StoreException e) {
            if (e.isConstraint()) {
                core.database().read(s -> Operations.openOf(s, sid)).ifPresent(Changes::busy);
            }
            throw e;
        }
    }

    private void refuseIfBusy(Service service, boolean planOnly) {
        if (!planOnly) {
            core.database().read(s -> Operations.openOf(s, service.sid())).ifPresent(Changes::busy);
        }
    }

    private static void busy(OperationRow op) {
        throw new ApiException(ErrorCode.WRONG_STATE, "Cannot perform requested operation in current state: operation " + op.id() + " (" + op.kind()
                + ") by " + op.by() + " is under way.", "Wait until it has finished, or cancel it.");
    }

    private void begin(Answer answer) {
        if (answer != null && answer.operation() != null) {
            engine.start(answer.operation().id());
        }
    }

    /** What making a service would do and cost. */
    public Plan planCreate(String type, String cloudName) {
        return plannedCreate(type, Clouds.canonical(cloudName)).plan();
    }

    private Planned plannedCreate(String type, String cloud) {
        boolean shared = core.clouds().get(cloud).capabilities().contains(Capability.SHARED_FOLDER);
        PlanFacts facts = new PlanFacts(cloud, Set.of(), Set.of(), shared, 1, core.database().read(s -> Operations.durations(s, type)));
        return Planner.create(core.types().planner(type), facts);
    }

    /** What a new service begins with, and what else is stored in the transaction that makes it. */
    public interface Seed {
        /** A service as its type makes it. */
        Seed NONE = new Seed() {
        };

        /** The state the service begins with, of the same version and goal. */
        default DesiredState state(DesiredState initial) {
            return initial;
        }

        /** Stores more. {@code operation}: the one that makes the service. */
        default void stored(Session s, long sid, String operation) {
        }
    }

    /** Makes a service; its manager's node is ordered at once. */
    public Operation create(String type, String name, String cloudName, long uid, long aid, Asked asked) {
        return create(type, name, cloudName, uid, aid, asked, Seed.NONE);
    }

    /** Makes a service that does not begin empty. */
    public Operation create(String type, String name, String cloudName, long uid, long aid, Asked asked, Seed seed) {
        String cloud = Clouds.canonical(cloudName);
        Optional<OperationRow> before = core.database().read(s -> asked.before(s, uid, 0));
        if (before.isPresent()) {
            return before.get().view();
        }
        Planned bare = plannedCreate(type, cloud);
        Planned planned = new Planned(seed.state(bare.target()), bare.plan());
        boolean shared = core.types().descriptor(type).sharedFolder() && core.clouds().get(cloud).capabilities().contains(Capability.SHARED_FOLDER);
        Failpoint.BEFORE_ACCEPT.hit();
        OperationRow op = core.database().write(s -> {
            String shown = name == null || name.isBlank() ? "New " + type + " service" : name.strip();
            long sid = Services.insert(s, shown, type, cloud, uid, aid, planned.target(), Secrets.make(), core.clock().instant());
            if (shared) {
                Services.setSharedFolder(s, sid, "s" + sid);
            }
            OperationRow accepted = acceptor.acceptNew(s, Services.get(s, sid), planned, asked.by());
            asked.led(s, accepted);
            seed.stored(s, sid, accepted.id());
            return accepted;
        });
        engine.start(op.id());
        return op.view();
    }

    /** Ends a service, whatever state it is in and whatever is under way; asked for again, it gives the operation that does it. */
    public Answer terminate(long sid, String by, boolean planOnly) {
        Answer answer = locks.with(sid, () -> {
            Service service = core.database().read(s -> Services.get(s, sid));
            Optional<OperationRow> open = core.database().read(s -> Operations.openOf(s, sid));
            if (open.isPresent() && open.get().kind().equals(OperationRow.TERMINATE)) {
                return new Answer(open.get().plan(), open.get().view());
            }
            Planned planned = Planner.terminate(core.types().names().contains(service.type()) ? core.types().planner(service.type()) : null,
                    service.desired(), core.database().read(s -> Outcome.nodesOf(s, service)), facts(service, service.cloud(), Set.of(), Set.of()));
            if (planOnly) {
                return new Answer(planned.plan(), null);
            }
            Failpoint.BEFORE_ACCEPT.hit();
            OperationRow op = core.database().write(s -> {
                Service now = Services.get(s, sid);
                ApiError superseded = new ApiError(ErrorCode.CONFLICT, "The service is being terminated.", "");
                Operations.openOf(s, sid).ifPresent(o -> new Progress(core).finish(s, o, Operation.State.FAILED, superseded));
                Planned exact = Planner.terminate(null, now.desired(), Outcome.nodesOf(s, now), facts(now, now.cloud(), Set.of(), Set.of()));
                return acceptor.accept(s, now, exact, Set.of(), by);
            });
            return new Answer(op.plan(), op.view());
        });
        begin(answer);
        return answer;
    }

    /** Stops a service whose owner has no credits left, if it runs and nothing is under way. */
    public void stopUnpaid(long sid) {
        Service service = core.database().read(s -> Services.find(s, sid)).orElse(null);
        if (service != null && service.state() == ServiceState.RUNNING && core.database().read(s -> Operations.openOf(s, sid)).isEmpty()) {
            change(sid, "shutdown", Map.of(), Asked.by(RECONCILER));
        }
    }

    /** Asks an operation to turn back. @throws ApiException TOO_LATE after its switch, CONFLICT if it has ended */
    public Operation cancel(String id) {
        OperationRow op = core.database().write(s -> {
            OperationRow now = Operations.get(s, id);
            if (now.finished() != null) {
                throw new ApiException(ErrorCode.CONFLICT, "Operation " + id + " has ended already: " + now.state() + ".", "");
            }
            if (now.isForwardOnly()) {
                throw new ApiException(ErrorCode.TOO_LATE, "Operation " + id + " (" + now.kind() + ") is past its switch and only goes forward.", undoneBy(now.kind()));
            }
            Operations.setCancelling(s, id);
            new Progress(core).tell(s, now, Map.of("operation", id, "kind", now.kind(), "state", now.state().name(), "cancelling", true));
            return Operations.get(s, id);
        });
        engine.start(id);
        return op.view();
    }

    private static String undoneBy(String kind) {
        return switch (kind) {
            case "start" -> "Wait until it has finished, then stop the service.";
            case "stop" -> "Wait until it has finished, then start the service.";
            case "scale" -> "Wait until it has finished, then scale back.";
            case "activate" -> "Wait until it has finished, then activate the version before.";
            case OperationRow.TERMINATE -> "A terminated service is gone.";
            default -> "Wait until it has finished, then change it back.";
        };
    }

    private PlanFacts facts(Service service, String cloud, Set<String> unwanted, Set<String> dead) {
        boolean shared = service.sharedFolder() != null;
        return new PlanFacts(cloud, unwanted, dead, shared, 1, core.database().read(s -> Operations.durations(s, service.type())));
    }

    private String cloud(Service service, Map<String, Object> arguments) {
        Object asked = arguments.get("cloud");
        String cloud = asked == null || asked.equals("default") ? service.cloud() : Clouds.canonical(asked.toString());
        core.clouds().get(cloud);
        return cloud;
    }

    /** Nodes the user names to be taken away first, by address or id. */
    private Set<String> unwanted(Service service, Map<String, Object> arguments) {
        Object named = arguments.getOrDefault("node_ip", arguments.get("node"));
        if (named == null) {
            return Set.of();
        }
        Set<String> found = core.database().read(s -> Nodes.ofService(s, service.sid())).stream()
                .filter(n -> named.equals(n.address()) || named.equals(n.id())).map(n -> n.id()).collect(Collectors.toSet());
        if (found.isEmpty()) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:the service has no node " + named + ".", "List its nodes.");
        }
        return found;
    }
}
