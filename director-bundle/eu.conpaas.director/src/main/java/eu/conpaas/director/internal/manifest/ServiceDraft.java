package eu.conpaas.director.internal.manifest;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.Placement;
import eu.conpaas.api.Plan;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.CallSpec;
import eu.conpaas.api.ServiceDescriptor.ManifestField;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceState;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.service.plan.Arguments;
import eu.conpaas.service.plan.Change;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.CommonMethods;
import eu.conpaas.service.plan.PlanFacts;
import eu.conpaas.service.plan.Planned;
import eu.conpaas.service.plan.Planner;
import eu.conpaas.service.plan.ServicePlanner;
import eu.conpaas.service.plan.StoredFile;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One service taken through the changes of a manifest with its real planner, so that all that would be refused later is refused now. */
final class ServiceDraft {
    /** Stands for a code version that does not exist yet. */
    private static final CodeVersion VERSION = new CodeVersion("code-of-the-manifest", "archive", "tar", "", Instant.EPOCH, "", 0);
    private final ServicePlanner planner;
    private final PlanFacts facts;
    private final List<CodeVersion> versions = new ArrayList<>(List.of(VERSION));
    private final List<String> warnings = new ArrayList<>();
    private DesiredState state;
    private ServiceState phase;
    private int creditsNow;
    private double seconds;
    private boolean confirm;
    private int changes;

    /** @param existing the service, or null for one still to be made */
    ServiceDraft(ServicePlanner planner, PlanFacts facts, Service existing, List<CodeVersion> versions) {
        this.planner = planner;
        this.facts = facts;
        this.versions.addAll(versions);
        this.state = existing == null ? planner.initial() : existing.desired();
        this.phase = existing == null ? ServiceState.INIT : existing.state();
        if (existing == null) {
            add(Planner.create(planner, facts));
        }
    }

    ServiceDescriptor descriptor() {
        return planner.descriptor();
    }

    DesiredState state() {
        return state;
    }

    boolean runs() {
        return state.goal() == Goal.RUNNING;
    }

    int creditsNow() {
        return creditsNow;
    }

    double seconds() {
        return seconds;
    }

    boolean confirm() {
        return confirm;
    }

    List<String> warnings() {
        return warnings;
    }

    /** Credits an hour as it is now. */
    int perHour() {
        return state.placement().size() + facts.managers();
    }

    /** A change by a method of the service. @return the plan */
    Plan change(String method, Map<String, Object> arguments) {
        Map<String, Object> checked = Arguments.check(CommonMethods.find(descriptor(), method), arguments);
        Change change = planner.change(new ChangeRequest(method, checked, phase, versions), state);
        return add(Planner.plan(planner, state, change, facts));
    }

    private Plan add(Planned planned) {
        Plan plan = planned.plan();
        creditsNow += plan.creditsNow();
        seconds += plan.seconds();
        confirm |= plan.confirm();
        plan.warnings().stream().filter(w -> !warnings.contains(w)).forEach(warnings::add);
        state = settled(planned.target());
        phase = switch (state.goal()) {
            case CREATED -> ServiceState.INIT;
            case RUNNING -> ServiceState.RUNNING;
            case STOPPED, TERMINATED -> ServiceState.STOPPED;
        };
        return plan;
    }

    /** Nodes that a later change would make get names of their own. */
    private DesiredState settled(DesiredState target) {
        int number = ++changes;
        return target.settled().withPlacement(target.placement().stream()
                .map(p -> p.isSlot() ? new Placement("node-" + number + "-" + p.node().substring(Placement.SLOT.length()), p.roles(), p.cloud()) : p).toList());
    }

    /** The calls for a key of the manifest. @throws ApiException what is wrong with its value */
    void field(ManifestField field, Object value) {
        StoredFile file = field.type().equals("url") ? StoredFile.planned(Downloads.filename(URI.create(value.toString())), 1) : null;
        for (CallSpec call : field.calls()) {
            MethodSpec method = CommonMethods.find(descriptor(), call.method());
            Map<String, Object> arguments = CallArguments.of(call, value, file, Map.of("codeVersionId", VERSION.id()));
            if (method.kind().equals(CommonMethods.CHANGE)) {
                change(call.method(), arguments);
            } else {
                Arguments.check(method, arguments);
                seconds += 1;
            }
        }
    }

    static PlanFacts facts(String cloud, boolean shared, Map<String, Double> durations) {
        return new PlanFacts(cloud, Set.of(), Set.of(), shared, 1, durations);
    }
}
