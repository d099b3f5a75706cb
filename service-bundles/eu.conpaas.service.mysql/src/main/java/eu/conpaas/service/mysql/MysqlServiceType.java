package eu.conpaas.service.mysql;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.mysql.internal.agent.MysqlAgent;
import eu.conpaas.service.mysql.internal.manager.MysqlManager;
import eu.conpaas.service.mysql.internal.plan.MysqlPlanner;
import eu.conpaas.service.plan.DescriptorReader;
import eu.conpaas.service.plan.ServicePlanner;
import org.osgi.service.component.annotations.Component;

/** The door of the bundle. */
@Component(service = ServiceType.class, property = "type=mysql")
public final class MysqlServiceType implements ServiceType {
    private final ServiceDescriptor descriptor = DescriptorReader.of(MysqlServiceType.class);
    private final ServicePlanner planner = new MysqlPlanner(descriptor);

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
        return new MysqlManager(descriptor, context);
    }

    @Override
    public ServiceAgent agent(AgentContext context) {
        return new MysqlAgent(context);
    }
}
