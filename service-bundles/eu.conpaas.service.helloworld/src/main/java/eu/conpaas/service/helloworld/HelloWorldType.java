package eu.conpaas.service.helloworld;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.helloworld.internal.HelloWorldAgent;
import eu.conpaas.service.helloworld.internal.HelloWorldManager;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.plan.DescriptorReader;
import eu.conpaas.service.plan.ServicePlanner;
import org.osgi.service.component.annotations.Component;

/** The door of the bundle. */
@Component(service = ServiceType.class, property = "type=helloworld")
public final class HelloWorldType implements ServiceType {
    private final ServiceDescriptor descriptor = DescriptorReader.of(HelloWorldType.class);

    @Override
    public ServiceDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public ServicePlanner planner() {
        return () -> descriptor;
    }

    @Override
    public ServiceManager manager(ManagerContext context) {
        return new HelloWorldManager();
    }

    @Override
    public ServiceAgent agent(AgentContext context) {
        return new HelloWorldAgent(context);
    }
}
