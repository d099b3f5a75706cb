package eu.conpaas.node.internal;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.plan.ServicePlanner;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The service of a {@link Rehearsal}: its engine sleeps. */
final class PlayedType implements ServiceType {
    @Override
    public ServiceDescriptor descriptor() {
        throw new UnsupportedOperationException("an agent is asked for no descriptor");
    }

    @Override
    public ServicePlanner planner() {
        return this::descriptor;
    }

    @Override
    public ServiceManager manager(ManagerContext context) {
        throw new UnsupportedOperationException("only an agent is rehearsed");
    }

    @Override
    public ServiceAgent agent(AgentContext context) {
        return new ServiceAgent() {
            @Override
            public List<DaemonSpec> apply(String role, Map<String, Object> configuration) {
                return List.of(new DaemonSpec("sleeper", List.of("sleep", configuration.get("seconds").toString()), Map.of(), null, Map.of(), List.of(),
                        new Readiness.Alive(Duration.ofSeconds(10)), 0, 15, Duration.ofSeconds(1), false));
            }

            @Override
            public Map<String, Object> call(String method, Map<String, Object> arguments) {
                return Map.of();
            }
        };
    }
}
