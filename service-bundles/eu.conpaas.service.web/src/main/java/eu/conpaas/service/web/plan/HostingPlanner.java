package eu.conpaas.service.web.plan;

import static eu.conpaas.service.web.Roles.BACKEND;
import static eu.conpaas.service.web.Roles.PROXY;
import static eu.conpaas.service.web.Roles.WEB;

import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.StepKind;
import eu.conpaas.service.plan.Change;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.ServicePlanner;
import eu.conpaas.service.plan.SettingValues;
import eu.conpaas.service.plan.TopologySteps;
import eu.conpaas.service.web.Kind;
import eu.conpaas.service.web.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What changes of a web hosting service mean. */
public abstract class HostingPlanner implements ServicePlanner {
    private final ServiceDescriptor descriptor;
    private final Kind kind;

    protected HostingPlanner(ServiceDescriptor descriptor, Kind kind) {
        this.descriptor = descriptor;
        this.kind = kind;
    }

    @Override
    public ServiceDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public DesiredState initial() {
        return DesiredState.initial(Map.of(PROXY, 1, WEB, 0, BACKEND, 0), Release.DEFAULT);
    }

    @Override
    public Change change(ChangeRequest request, DesiredState now) {
        return new HostingChanges(descriptor, kind, request, now).change();
    }

    /** Variables obey the same rules however they come in. */
    @Override
    public void checkState(DesiredState state) {
        ServicePlanner.super.checkState(state);
        change(new ChangeRequest("set_environment", Map.of("environment", state.environment()), ServiceState.INIT, List.of()), state);
    }

    @Override
    public List<Placement> place(DesiredState wanted, Set<String> unwanted, String cloud) {
        return HostingPlacement.place(wanted, unwanted, cloud);
    }

    @Override
    public void checkChosen(DesiredState from, DesiredState wanted, Set<String> chosen) {
        HostingPlacement.checkChosen(from, wanted, chosen);
    }

    /**
     * Topology as for every service; round its switch, a new release is distributed (with a first request to engines that stay), and new settings
     * are prepared on a second set of engines, which is warmed, and the first set retired. All nodes are ready before the one switch, so that everything before it can be undone.
     */
    @Override
    public List<PlanStep> steps(DesiredState from, DesiredState to, Set<String> dead) {
        List<PlanStep> topology = TopologySteps.between(descriptor, from, to, dead);
        if (to.goal() != Goal.RUNNING || from.placement().isEmpty() || to.placement().isEmpty()) {
            return topology;
        }
        boolean release = !Release.of(from).equals(Release.of(to));
        boolean engines = !engines(from).equals(engines(to)) || !from.environment().equals(to.environment());
        boolean map = release || !from.data().equals(to.data()) || !outside(from).equals(outside(to));
        if (!map && !engines) {
            return topology;
        }
        List<PlanStep> before = new ArrayList<>();
        List<PlanStep> after = new ArrayList<>();
        if (release) {
            staying(from, to, dead, Set.of(WEB, BACKEND)).forEach(n -> before.add(step(HostingSteps.DISTRIBUTE, n, null, "Put " + Release.of(to).version() + " on " + n, 1)));
        }
        List<String> backends = staying(from, to, dead, Set.of(BACKEND));
        if (engines) {
            backends.forEach(n -> before.add(step(HostingSteps.PREPARE, n, BACKEND, "Start " + kind.engine() + " with the new settings on " + n, 1)));
            backends.forEach(n -> after.add(step(HostingSteps.RETIRE, n, BACKEND, "Stop " + kind.engine() + " with the old settings on " + n, 1)));
        }
        if (engines) {
            backends.forEach(n -> before.add(step(HostingSteps.WARM, n, BACKEND, "Warm up " + n, 0.5)));
        }
        return merge(topology, before, after);
    }

    private static List<PlanStep> merge(List<PlanStep> topology, List<PlanStep> before, List<PlanStep> after) {
        List<PlanStep> steps = new ArrayList<>();
        int at = 0;
        while (at < topology.size() && !topology.get(at).isSwitch()) {
            steps.add(topology.get(at++));
        }
        steps.addAll(before);
        if (at == topology.size()) {
            steps.add(new PlanStep(StepKind.SWITCH, Actor.MANAGER, StepKind.SWITCH, "Switch over", null, null, true, 0.5));
        } else {
            steps.add(topology.get(at++));
        }
        steps.addAll(after);
        steps.addAll(topology.subList(at, topology.size()));
        return steps;
    }

    /** Settings that are the proxies' matter. */
    private Map<String, String> outside(DesiredState state) {
        Map<String, String> settings = SettingValues.effective(descriptor, state.settings());
        settings.keySet().retainAll(kind.outside());
        return settings;
    }

    private Map<String, String> engines(DesiredState state) {
        Map<String, String> settings = SettingValues.effective(descriptor, state.settings());
        settings.keySet().removeAll(kind.outside());
        return settings;
    }

    private static List<String> staying(DesiredState from, DesiredState to, Set<String> dead, Set<String> roles) {
        return to.placement().stream().map(Placement::node).filter(n -> !dead.contains(n))
                .filter(n -> roles.stream().anyMatch(r -> to.nodesWith(r).contains(n) && from.nodesWith(r).contains(n))).toList();
    }

    private static PlanStep step(String kind, String node, String role, String title, double seconds) {
        return new PlanStep(kind + ":" + node, Actor.MANAGER, kind, title, node, role, false, seconds);
    }

    @Override
    public List<String> warnings(DesiredState from, DesiredState to, boolean shared) {
        List<String> warnings = new ArrayList<>();
        if (!Release.of(to).persistent().isEmpty() && !shared) {
            warnings.add(backends(to) > 1
                    ? "This cloud has no folder that nodes share: files the application writes to " + String.join(", ", Release.of(to).persistent())
                            + " are seen by one of " + backends(to) + " backends only."
                    : "This cloud has no folder that nodes share: files the application writes are lost when its node is removed or replaced.");
        }
        if (from.goal() == Goal.RUNNING && !Release.of(from).persistent().equals(Release.of(to).persistent())) {
            warnings.add("Files the application has written to folders that were not persistent until now stay behind.");
        }
        return warnings;
    }

    @Override
    public boolean needsConfirmation(DesiredState from, DesiredState to, boolean shared) {
        boolean scattered = !shared && !Release.of(to).persistent().isEmpty() && backends(to) > 1;
        return scattered && (backends(to) > backends(from) || Release.of(from).persistent().isEmpty());
    }

    private static int backends(DesiredState state) {
        return Math.max(1, state.counts().getOrDefault(BACKEND, 0));
    }
}
