package eu.conpaas.node.internal;

import eu.conpaas.api.NodeView;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceDescriptor.RoleSpec;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.RoleManager;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.plan.ServicePlanner;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A service whose engine sleeps. */
final class DemoType implements ServiceType {
    static final ServiceDescriptor DESCRIPTOR = new ServiceDescriptor("demo", "Demo", "Tests", "For tests.", "sleep",
            List.of(new RoleSpec("demo", "Demo", 1, 1, 3, null)), null, null, null,
            List.of(new MethodSpec("ask", "GET", "query", "", List.of(), null)), null, null, null, null, false, false, false, null);

    @Override
    public ServiceDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ServicePlanner planner() {
        return () -> DESCRIPTOR;
    }

    @Override
    public ServiceManager manager(ManagerContext context) {
        return new RoleManager() {
            @Override
            protected Map<String, Object> configuration(NodeView node, String role, Situation situation) {
                return Map.of("seconds", 1000);
            }

            @Override
            public Map<String, Object> query(String method, Map<String, Object> arguments, Situation situation) {
                NodeView node = situation.nodes(situation.from(), "demo").getFirst();
                return situation.agents().call(node, "ask", Map.of(), Duration.ofSeconds(5));
            }
        };
    }

    @Override
    public ServiceAgent agent(AgentContext context) {
        return new ServiceAgent() {
            @Override
            public List<DaemonSpec> apply(String role, Map<String, Object> configuration) {
                return List.of(new DaemonSpec("demo", List.of("sleep", configuration.get("seconds").toString()), Map.of(), context.folder(), Map.of(), List.of(),
                        new Readiness.Alive(Duration.ofSeconds(5)), 0, 15, Duration.ofSeconds(1), false));
            }

            @Override
            public Map<String, Object> call(String method, Map<String, Object> arguments) {
                return Map.of("answer", "from " + context.node().node());
            }
        };
    }
}
