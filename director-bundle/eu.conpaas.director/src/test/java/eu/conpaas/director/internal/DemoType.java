package eu.conpaas.director.internal;

import java.util.List;
import java.util.Map;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceDescriptor.ParamSpec;
import eu.conpaas.api.ServiceDescriptor.PublishSpec;
import eu.conpaas.api.ServiceDescriptor.RoleSpec;
import eu.conpaas.service.plan.Change;
import eu.conpaas.service.plan.ChangeRequest;
import java.util.TreeMap;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.plan.ServicePlanner;

/** A service type with two roles, planned by the SDK's defaults. */
final class DemoType implements ServiceType, ServicePlanner {
    private static final List<PublishSpec> PUBLISHES = List.of(new PublishSpec("address", "${address}", "DEMO_IP", "Where it is."),
            new PublishSpec("greeting", "hello ${reported:who}", null, "What it says."), new PublishSpec("back", "${role:back}", null, "Who works."));
    private static final List<MethodSpec> METHODS = List.of(new MethodSpec("set_environment", "POST", "change", "Sets variables.",
            List.of(new ParamSpec("environment", "object", true, null, null, "Names and values.")), null));

    @Override
    public Change change(ChangeRequest request, DesiredState now) {
        if (request.method().equals("set_environment")) {
            Map<String, String> environment = new TreeMap<>();
            ((Map<?, ?>) request.arguments().get("environment")).forEach((k, v) -> environment.put(k.toString(), v.toString()));
            return new Change("settings", now.withEnvironment(environment));
        }
        return ServicePlanner.super.change(request, now);
    }

    @Override
    public ServiceDescriptor descriptor() {
        return new ServiceDescriptor("demo", "Demo", "Test", "A type for tests.", "none",
                List.of(new RoleSpec("front", "front", 1, 1, 4, "entry"), new RoleSpec("back", "back", 0, 1, 10, "work")), List.of(), Map.of(), List.of(),
                METHODS, List.of(), List.of(), PUBLISHES, null, true, true, true);
    }

    @Override
    public ServicePlanner planner() {
        return this;
    }

    @Override
    public ServiceManager manager(ManagerContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServiceAgent agent(AgentContext context) {
        throw new UnsupportedOperationException();
    }
}
