package eu.conpaas.service.mysql.internal.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.ServiceAgent;
import java.util.List;
import java.util.Map;

/** Runs the engines of a MySQL service on one node. */
public final class MysqlAgent implements ServiceAgent {
    private final AgentContext context;

    public MysqlAgent(AgentContext context) {
        this.context = context;
    }

    @Override
    public List<DaemonSpec> apply(String role, Map<String, Object> configuration) throws Exception {
        return List.of();
    }

    @Override
    public Map<String, Object> call(String method, Map<String, Object> arguments) throws Exception {
        throw new ApiException(ErrorCode.NOT_FOUND, "method not found: " + method, "The agent of " + context.node().node() + " does not know it.");
    }
}
