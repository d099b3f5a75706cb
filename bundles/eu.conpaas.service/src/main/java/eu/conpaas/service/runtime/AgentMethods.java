package eu.conpaas.service.runtime;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Role;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.RpcMethod;
import java.io.IOException;
import java.util.Map;

/** What an agent answers its manager over HTTPS, beside {@link NodeMethods}. */
public final class AgentMethods {
    private final AgentRuntime agent;

    public AgentMethods(AgentRuntime agent) {
        this.agent = agent;
    }

    @RpcMethod(value = "check_agent_process", verb = "GET", help = "Answers if the agent runs.")
    public Map<String, Object> check() {
        return Map.of();
    }

    @RpcMethod(verb = "POST", help = "Makes the node have a role and waits until it is ready.")
    public Map<String, Object> configure(@Param("epoch") long epoch, @Param("role") String role,
            @Param("configuration") Map<String, Object> configuration,
            @Param(value = "startup", required = false, help = "start-up script for a new node") String startup,
            @Param(value = "environment", required = false, help = "its variables") Map<String, String> environment, Caller caller) {
        requireManager(caller);
        agent.configure(epoch, role, configuration, startup == null ? null : new StartupScript.Order(startup, environment));
        return Map.of();
    }

    @RpcMethod(verb = "POST", help = "Stops a role for good.")
    public Map<String, Object> release(@Param("epoch") long epoch, @Param("role") String role, Caller caller) {
        requireManager(caller);
        agent.release(epoch, role);
        return Map.of();
    }

    @RpcMethod(verb = "POST", help = "Calls a method of the service type's agent.")
    public Map<String, Object> call(@Param("epoch") long epoch, @Param("name") String name,
            @Param("arguments") Map<String, Object> arguments, Caller caller) throws IOException {
        requireManager(caller);
        return agent.call(epoch, name, arguments);
    }

    @RpcMethod(verb = "POST", help = "Calls a method of the service type's agent that answers with a file.")
    public Download download(@Param("epoch") long epoch, @Param("name") String name, @Param("arguments") Map<String, Object> arguments, Caller caller) {
        requireManager(caller);
        return agent.download(epoch, name, arguments);
    }

    @RpcMethod(verb = "GET", help = "Roles of the node and how they are.")
    public Map<?, ?> status(@Param("epoch") long epoch, Caller caller) {
        requireManager(caller);
        return Json.convert(agent.status(epoch), Map.class);
    }

    @RpcMethod(value = "save_data", verb = "GET", help = "Streams a part of the service's data.")
    public Download save(@Param("part") String part, Caller caller) {
        DataMethods.requireDirector(caller);
        return DataMethods.stream(part, out -> agent.save(part, out));
    }

    private static void requireManager(Caller caller) {
        if (caller.identity() == null || caller.identity().role() != Role.MANAGER) {
            throw new ApiException(ErrorCode.FORBIDDEN, "Only the manager of the service may do this.", "Call the service's manager.");
        }
    }
}
