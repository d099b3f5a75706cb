package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.service.agent.Supervisor;
import eu.conpaas.service.manager.Agents;
import eu.conpaas.service.manager.ConfigurationHash;
import eu.conpaas.service.mysql.internal.agent.MysqlAgent;
import eu.conpaas.service.mysql.internal.engine.DatabaseNode;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/** Agents in this process. */
record TownAgents(Map<String, DatabaseNode> nodes, Map<String, MysqlAgent> agents, Map<String, Map<String, Map<String, Object>>> configured) implements Agents {
    private Map<String, Map<String, Object>> roles(NodeView node) {
        there(node);
        return configured.computeIfAbsent(node.id(), n -> new ConcurrentHashMap<>());
    }

    private DatabaseNode there(NodeView node) {
        DatabaseNode found = nodes.get(node.id());
        if (found == null) {
            throw new ApiException(ErrorCode.UNAVAILABLE, node.id() + " does not answer.", "");
        }
        return found;
    }

    @Override
    public void configure(NodeView node, String role, Map<String, Object> configuration) {
        if (configuration.equals(roles(node).get(role)) && status(node).roles().get(role).ready()) {
            return;
        }
        roles(node).put(role, configuration);
        unchecked(() -> {
            there(node).supervisor().apply(role, agents.get(node.id()).apply(role, configuration));
            return Map.of();
        });
    }

    @Override
    public void release(NodeView node, String role) {
        there(node).supervisor().stop(role);
        roles(node).remove(role);
    }

    @Override
    public Map<String, Object> call(NodeView node, String method, Map<String, Object> arguments, Duration deadline) {
        there(node);
        return unchecked(() -> agents.get(node.id()).call(method, arguments));
    }

    @Override
    public void download(NodeView node, String name, Map<String, Object> arguments, OutputStream to, Duration deadline) {
        unchecked(() -> {
            agents.get(node.id()).download(name, arguments).content().writeTo(to);
            return Map.of();
        });
    }

    private interface Work {
        Map<String, Object> run() throws Exception;
    }

    private static Map<String, Object> unchecked(Work work) {
        try {
            return work.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            // as a call over the network ends: whoever called learns that it is no longer wanted
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (Exception e) {
            throw new ApiException(ErrorCode.STEP_FAILED, String.valueOf(e.getMessage()), "", e);
        }
    }

    @Override
    public Status status(NodeView node) {
        Map<String, RoleStatus> all = new TreeMap<>();
        roles(node).forEach((role, configuration) -> all.put(role, new RoleStatus(
                there(node).supervisor().health(role).values().stream().allMatch(Supervisor.Health::ready), ConfigurationHash.of(configuration), null)));
        return new Status(all);
    }
}
