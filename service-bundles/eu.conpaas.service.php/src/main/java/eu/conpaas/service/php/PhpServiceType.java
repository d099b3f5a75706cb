package eu.conpaas.service.php;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.php.internal.PhpAgent;
import eu.conpaas.service.php.internal.PhpManager;
import eu.conpaas.service.php.internal.PhpPlanner;
import eu.conpaas.service.plan.DescriptorReader;
import eu.conpaas.service.plan.ServicePlanner;
import org.osgi.service.component.annotations.Component;

/** The door of the bundle. */
@Component(service = ServiceType.class, property = "type=php")
public final class PhpServiceType implements ServiceType {
    private final ServiceDescriptor descriptor = DescriptorReader.of(PhpServiceType.class);
    private final ServicePlanner planner = new PhpPlanner(descriptor);

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
        return new PhpManager(descriptor, context);
    }

    @Override
    public ServiceAgent agent(AgentContext context) {
        return new PhpAgent(context);
    }
}
