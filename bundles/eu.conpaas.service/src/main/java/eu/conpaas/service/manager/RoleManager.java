package eu.conpaas.service.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.StepKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A manager whose service is wholly described by what each role on each node is configured with. The author says what that is; starting,
 * checking, undoing, repairing follow. A service that balances load also overrides {@link #switchOver} and {@link #drain}.
 */
public abstract class RoleManager implements ServiceManager {
    private static final int PATIENCE = 3;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    /**
     * What the role on this node is to be configured with, so that the service is as {@code situation.to()} says. JSON values only, and the same
     * for the same situation, or the role is configured again and again.
     */
    protected abstract Map<String, Object> configuration(NodeView node, String role, Situation situation) throws Exception;

    /** Roles a node has beyond those of its placement, such as a copy of what the manager holds; the reconciler keeps them up. The default is none. */
    protected Set<String> beside(NodeView node, Situation situation) {
        return Set.of();
    }

    /** Makes sure that a role works on a node. The default asks the agent. */
    protected void check(NodeView node, String role, Situation situation) throws Exception {
        Agents.RoleStatus status = situation.agents().status(node).roles().get(role);
        if (status == null || !status.ready()) {
            throw new ApiException(ErrorCode.STEP_FAILED, role + " on " + node.id() + " does not work: "
                    + (status == null ? "it is not configured" : status.detail()), "See the node's log.");
        }
    }

    /** Leads users to the new arrangement. The default does nothing. */
    protected void switchOver(Situation situation) throws Exception {
    }

    /** Waits until nobody uses the role on this node any more. The default does nothing. */
    protected void drain(NodeView node, String role, Situation situation) throws Exception {
    }

    /** Stops the role on the node. */
    protected void release(NodeView node, String role, Situation situation) throws Exception {
        situation.agents().release(node, role);
    }

    /** A step of the type's own kind. The default knows none. */
    protected void other(PlanStep step, Situation situation) throws Exception {
        throw new IllegalArgumentException("step of unknown kind: " + step.kind());
    }

    /** Takes back a step of the type's own kind. The default does nothing. */
    protected void undoOther(PlanStep step, Situation situation) throws Exception {
    }

    @Override
    public void open(Situation situation) throws Exception {
    }

    @Override
    public void step(PlanStep step, Situation situation) throws Exception {
        switch (step.kind()) {
            case StepKind.CONFIGURE -> configure(node(step, situation), step.role(), situation);
            case StepKind.CHECK -> check(node(step, situation), step.role(), situation);
            case StepKind.SWITCH -> switchOver(situation);
            case StepKind.DRAIN -> drain(node(step, situation), step.role(), situation);
            case StepKind.RELEASE -> release(node(step, situation), step.role(), situation);
            default -> other(step, situation);
        }
    }

    private void configure(NodeView node, String role, Situation situation) throws Exception {
        situation.agents().configure(node, role, configuration(node, role, situation));
    }

    private static NodeView node(PlanStep step, Situation situation) {
        return situation.assignment().node(step.node());
    }

    @Override
    public void undo(PlanStep step, Situation situation) throws Exception {
        switch (step.kind()) {
            case StepKind.CONFIGURE -> unconfigure(step, back(situation));
            case StepKind.CHECK, StepKind.SWITCH, StepKind.DRAIN, StepKind.RELEASE -> {
            }
            default -> undoOther(step, situation);
        }
    }

    /** The same change the other way round. */
    protected static Situation back(Situation s) {
        return new Situation(s.assignment(), s.to(), s.from(), s.agents(), s.cancel());
    }

    private void unconfigure(PlanStep step, Situation back) throws Exception {
        NodeView node = back.assignment().nodes().stream().filter(n -> n.id().equals(step.node())).findFirst().orElse(null);
        if (node == null || node.address() == null || back.assignment().dead().contains(node.id())) {
            return;
        }
        if (back.to().nodesWith(step.role()).contains(node.id())) {
            configure(node, step.role(), back);
        } else {
            back.agents().release(node, step.role());
        }
    }

    /** Configures roles that are not as they should be and stops those that should not be there. */
    @Override
    public List<String> converge(Situation situation) throws Exception {
        List<String> hopeless = Collections.synchronizedList(new ArrayList<>());
        Map<String, String> unanswered = new ConcurrentHashMap<>();
        DesiredState desired = situation.to();
        eachInParallel(desired.placement().stream().filter(p -> !situation.assignment().dead().contains(p.node())).toList(), placement -> {
            NodeView node = situation.assignment().nodes().stream().filter(n -> n.id().equals(placement.node())).findFirst().orElse(null);
            if (node != null && node.address() != null) {
                repair(node, placement, situation, hopeless, unanswered);
            }
        });
        failures.keySet().retainAll(desired.placement().stream().map(Placement::node).toList());
        if (!unanswered.isEmpty()) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "Not as it should be: " + new java.util.TreeMap<>(unanswered), "It is tried again in a few seconds.");
        }
        return hopeless;
    }

    private void repair(NodeView node, Placement placement, Situation situation, List<String> hopeless, Map<String, String> unanswered) {
        try {
            Map<String, Agents.RoleStatus> roles = new HashMap<>(situation.agents().status(node).roles());
            Set<String> all = new TreeSet<>(placement.roles());
            all.addAll(beside(node, situation));
            for (String role : all) {
                Map<String, Object> wanted = configuration(node, role, situation);
                Agents.RoleStatus status = roles.remove(role);
                if (status == null || !status.ready() || !status.hash().equals(ConfigurationHash.of(wanted))) {
                    situation.cancel().check();
                    situation.agents().configure(node, role, wanted);
                }
            }
            for (String surplus : roles.keySet()) {
                situation.agents().release(node, surplus);
            }
            failures.remove(node.id());
        } catch (Exception e) {
            judge(node, e, hopeless, unanswered);
        }
    }

    /** An agent that does not answer is the director's to judge, by its heartbeats; engines that do not come up are ours. */
    private void judge(NodeView node, Exception e, List<String> hopeless, Map<String, String> unanswered) {
        if (e instanceof java.util.concurrent.CancellationException cancelled) {
            throw cancelled;
        }
        if (e instanceof ApiException api && api.error().code() == ErrorCode.STALE_EPOCH) {
            throw api;
        }
        boolean engines = e instanceof ApiException api && api.error().code() == ErrorCode.STEP_FAILED;
        if (engines && failures.merge(node.id(), 1, Integer::sum) >= PATIENCE) {
            hopeless.add(node.id());
        } else {
            unanswered.put(node.id(), String.valueOf(e.getMessage()));
        }
    }

    /** Runs the action for each, at the same time. The first failure is thrown after all have ended. */
    public static <T> void eachInParallel(List<T> items, Consumer<T> action) throws InterruptedException {
        if (items.size() == 1) {
            action.accept(items.getFirst());
            return;
        }
        List<RuntimeException> thrown = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = items.stream().map(item -> Thread.ofVirtual().start(() -> {
            try {
                action.accept(item);
            } catch (RuntimeException e) {
                thrown.add(e);
            }
        })).toList();
        for (Thread thread : threads) {
            thread.join();
        }
        if (!thrown.isEmpty()) {
            throw thrown.getFirst();
        }
    }

    @Override
    public Map<String, Object> query(String method, Map<String, Object> arguments, Situation situation) throws Exception {
        throw new ApiException(ErrorCode.NOT_FOUND, "method not found: " + method, "See the service's help.");
    }

    @Override
    public void close() {
    }
}
