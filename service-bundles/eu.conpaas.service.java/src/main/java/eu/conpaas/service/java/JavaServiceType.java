package eu.conpaas.service.java;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.java.internal.JavaAgent;
import eu.conpaas.service.java.internal.JavaManager;
import eu.conpaas.service.java.internal.JavaPlanner;
import eu.conpaas.service.plan.DescriptorReader;
import eu.conpaas.service.plan.ServicePlanner;
import org.osgi.service.component.annotations.Component;

/** The door of the bundle. */
@Component(service = ServiceType.class, property = "type=java")
public final class JavaServiceType implements ServiceType {
    private final ServiceDescriptor descriptor = DescriptorReader.of(JavaServiceType.class);
    private final ServicePlanner planner = new JavaPlanner(descriptor);

    @Override
    public ServiceDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public ServicePlanner planner() {
        return planner;
    }

    @Override
    public ServiceManager manager(ManagerContext context) {
        return new JavaManager(descriptor, context);
    }

    @Override
    public ServiceAgent agent(AgentContext context) {
        return new JavaAgent(context);
    }
}
