package eu.conpaas.service.mysql.internal.plan;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.plan.ServicePlanner;

/** What changes of a MySQL service mean. */
public final class MysqlPlanner implements ServicePlanner {
    private final ServiceDescriptor descriptor;

    public MysqlPlanner(ServiceDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public ServiceDescriptor descriptor() {
        return descriptor;
    }
}
