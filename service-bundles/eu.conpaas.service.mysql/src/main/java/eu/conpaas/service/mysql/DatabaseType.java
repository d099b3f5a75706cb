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
import eu.conpaas.service.plan.ServicePlanner;

/** What the types of this bundle share: all but their descriptors. */
abstract class DatabaseType implements ServiceType {
    private final ServiceDescriptor descriptor;
    private final ServicePlanner planner;

    DatabaseType(ServiceDescriptor descriptor) {
        this.descriptor = descriptor;
        this.planner = new MysqlPlanner(descriptor);
    }

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
