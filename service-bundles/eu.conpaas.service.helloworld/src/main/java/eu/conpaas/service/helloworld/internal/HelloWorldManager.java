package eu.conpaas.service.helloworld.internal;

import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.RoleManager;
import eu.conpaas.service.manager.Situation;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Gives every node its greeting and asks them all for it. Starting, scaling, repairing and stopping are the SDK's. */
public final class HelloWorldManager extends RoleManager {
    static final String ROLE = "helloworld";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    protected Map<String, Object> configuration(NodeView node, String role, Situation situation) {
        return Map.of("string", "Hello World");
    }

    @Override
    public Map<String, Object> query(String method, Map<String, Object> arguments, Situation situation) throws Exception {
        if (!method.equals("get_helloworld")) {
            return super.query(method, arguments, situation);
        }
        return Map.of("helloworld", situation.nodes(situation.from(), ROLE).stream()
                .map(node -> "Received " + hello(node, situation) + " from " + node.id())
                .collect(Collectors.joining("\n")));
    }

    private static Object hello(NodeView node, Situation situation) {
        return situation.agents().call(node, "hello", Map.of(), PATIENCE).get("string");
    }
}
