package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.NodeView;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.RoleManager;
import eu.conpaas.service.manager.Situation;
import java.util.Map;

/** Steers the servers of one MySQL service. */
public final class MysqlManager extends RoleManager {
    private final ServiceDescriptor descriptor;
    private final ManagerContext context;

    public MysqlManager(ServiceDescriptor descriptor, ManagerContext context) {
        this.descriptor = descriptor;
        this.context = context;
    }

    @Override
    protected Map<String, Object> configuration(NodeView node, String role, Situation situation) throws Exception {
        return Map.of();
    }
}
