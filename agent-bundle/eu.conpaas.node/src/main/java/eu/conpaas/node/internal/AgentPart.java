package eu.conpaas.node.internal;

import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.MethodTable;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.runtime.AgentMethods;
import eu.conpaas.service.runtime.AgentRuntime;
import eu.conpaas.service.runtime.Environment;
import eu.conpaas.service.runtime.NodeMethods;
import eu.conpaas.service.supervise.EngineUser;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Map;

/** An agent. */
final class AgentPart implements Part {
    private final AgentRuntime runtime;
    private final MethodTable methods;

    AgentPart(Environment environment, ServiceType type, Common common, EngineUser scriptUser) throws IOException {
        runtime = new AgentRuntime(environment, type.agent(environment), scriptUser);
        common.addLogs(runtime::logs);
        NodeMethods node = common.methods();
        methods = new MethodTable(Access.SERVICE_PEER).addAll(new AgentMethods(runtime)).addAll(node);
    }

    @Override
    public MethodTable methods() {
        return methods;
    }

    @Override
    public boolean admits(long uid, X509Certificate certificate) {
        return false;
    }

    @Override
    public void start() {
        // roles are brought up again from the constructor on
    }

    @Override
    public String trouble() {
        return runtime.trouble();
    }

    @Override
    public Map<String, Double> sample() {
        return runtime.sample();
    }

    @Override
    public void end() {
        runtime.end();
    }

    @Override
    public void close() {
        runtime.close();
    }
}
