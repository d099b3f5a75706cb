package eu.conpaas.director.internal;

import java.util.List;
import java.util.Map;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.RoleSpec;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.plan.ServicePlanner;

/** A service type with two roles, planned by the SDK's defaults. */
final class DemoType implements ServiceType, ServicePlanner {
    @Override
    public ServiceDescriptor descriptor() {
        return new ServiceDescriptor("demo", "Demo", "Test", "A type for tests.", "none",
                List.of(new RoleSpec("front", "front", 1, 1, 4, "entry"), new RoleSpec("back", "back", 0, 1, 10, "work")), List.of(), Map.of(), List.of(),
                List.of(), List.of(), List.of(), true, true, true);
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
