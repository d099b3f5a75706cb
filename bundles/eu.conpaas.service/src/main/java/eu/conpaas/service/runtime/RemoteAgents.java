package eu.conpaas.service.runtime;

import eu.conpaas.api.NodeView;
import eu.conpaas.rpc.Json;
import eu.conpaas.service.manager.Agents;
import eu.conpaas.service.manager.Cancel;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Agents reached over the network.
 *
 * @param calls   carries the calls
 * @param epoch   put into each call
 * @param startup start-up script that new nodes run before anything else, or null
 * @param environment variables of the script
 * @param cancel  cuts the calls short
 */
public record RemoteAgents(AgentCalls calls, long epoch, String startup, Map<String, String> environment, Cancel cancel) implements Agents {
    private static final Duration CONFIGURE = Duration.ofMinutes(5);
    private static final Duration RELEASE = Duration.ofMinutes(5);
    private static final Duration STATUS = Duration.ofSeconds(10);

    @Override
    public void configure(NodeView node, String role, Map<String, Object> configuration) {
        Map<String, Object> params = new LinkedHashMap<>(Map.of("epoch", epoch, "role", role, "configuration", configuration));
        if (startup != null) {
            params.put("startup", startup);
            params.put("environment", environment);
        }
        calls.call(node, "POST", "configure", params, CONFIGURE, cancel);
    }

    @Override
    public void release(NodeView node, String role) {
        calls.call(node, "POST", "release", Map.of("epoch", epoch, "role", role), RELEASE, cancel);
    }

    @Override
    public Map<String, Object> call(NodeView node, String method, Map<String, Object> arguments, Duration deadline) {
        return calls.call(node, "POST", "call", Map.of("epoch", epoch, "name", method, "arguments", arguments), deadline, cancel);
    }

    @Override
    public void download(NodeView node, String method, Map<String, Object> arguments, OutputStream out, Duration pause) {
        calls.download(node, "download", Map.of("epoch", epoch, "name", method, "arguments", arguments), out, pause, cancel);
    }

    @Override
    public Status status(NodeView node) {
        return Json.convert(calls.call(node, "GET", "status", Map.of("epoch", epoch), STATUS, cancel), Status.class);
    }
}
