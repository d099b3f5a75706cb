package eu.conpaas.service.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeContext;
import eu.conpaas.api.NodeView;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Peers;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.Cancellation;
import eu.conpaas.rpc.HttpCall;
import eu.conpaas.rpc.HttpRpc;
import eu.conpaas.rpc.Json;
import eu.conpaas.service.manager.Cancel;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls to agents by JSON-RPC over HTTPS. Connections are kept and shared; only agents of the manager's own service are spoken to. */
public final class HttpAgentCalls implements AgentCalls, AutoCloseable {
    private static final String JSON_TYPE = "application/json";
    private final HttpRpc http;

    /** @param manager the node that calls */
    public HttpAgentCalls(NodeContext manager, KeyMaterial keys) {
        http = HttpRpc.builder().keys(keys).trust(Trust.ca(keys.current().ca(), Peers.agent(manager.uid(), manager.sid()))).build();
    }

    @Override
    public Map<String, Object> call(NodeView node, String verb, String method, Map<String, Object> params, Duration deadline, Cancel cancel) {
        HttpCall call = verb.equals("GET")
                ? HttpCall.get("/").header("Content-Type", JSON_TYPE).query("method", method).query("id", 1).query("params", Json.write(params))
                : HttpCall.post("/").json(envelope(method, params)).idempotent();
        return result(node, method, at(node).tree(call.timeout(deadline).cancellation(by(cancel))));
    }

    @Override
    public void download(NodeView node, String method, Map<String, Object> params, OutputStream out, Duration pause, Cancel cancel) {
        at(node).download(HttpCall.post("/").json(envelope(method, params)).timeout(pause).cancellation(by(cancel)), out);
    }

    private HttpRpc at(NodeView node) {
        if (node.address() == null || node.port() == 0) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "Node " + node.id() + " has not come up yet.", "Try again in a moment.");
        }
        return http.at("https://" + node.address() + ":" + node.port());
    }

    private static Cancellation by(Cancel cancel) {
        Cancellation cancellation = new Cancellation();
        cancel.onCancel(cancellation::cancel);
        return cancellation;
    }

    private static Map<String, Object> envelope(String method, Map<String, Object> params) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("method", method);
        envelope.put("params", params);
        envelope.put("id", 1);
        return envelope;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> result(NodeView node, String method, JsonNode answer) {
        JsonNode error = answer.path("error");
        if (!error.isNull() && !error.isMissingNode()) {
            throw new ApiException(code(answer.path("code").asText()), error.asText(), answer.path("next").asText());
        }
        JsonNode result = answer.path("result");
        if (!result.isObject()) {
            throw new ApiException(ErrorCode.INTERNAL, "Node " + node.id() + " gave no result for " + method + ".", "Compare the releases of both sides.");
        }
        return Json.convert(result, Map.class);
    }

    private static ErrorCode code(String name) {
        try {
            return ErrorCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            return ErrorCode.INTERNAL;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
