package eu.conpaas.service.runtime;

import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.RpcMethod;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every node answers, manager or agent: its logs and its figures. */
public final class NodeMethods {
    private static final int PIECE = 64 << 10;
    private final NodeLogs logs;
    private final Metrics metrics;
    private final Map<String, String> labels;

    /** @param labels put on each line of the Prometheus form: service, node, … */
    public NodeMethods(NodeLogs logs, Metrics metrics, Map<String, String> labels) {
        this.logs = logs;
        this.metrics = metrics;
        this.labels = Map.copyOf(labels);
    }

    @RpcMethod(verb = "GET", help = "Names and sizes of the node's logs.")
    public Map<String, Object> logs() throws IOException {
        return Map.of("logs", logs.list());
    }

    @RpcMethod(verb = "GET", help = "A piece of a log; a negative offset counts from its end.")
    public Map<?, ?> log(@Param("name") String name, @Param(value = "offset", required = false) long offset,
            @Param(value = "limit", required = false) int limit) throws IOException {
        return Json.convert(logs.read(name, offset, limit <= 0 ? PIECE : limit), Map.class);
    }

    @RpcMethod(verb = "GET", help = "Latest figures and those of the last minutes, or all latest in the Prometheus text form.")
    public Map<String, Object> metrics(@Param(value = "since", required = false) long since,
            @Param(value = "format", required = false) String format) {
        if ("prometheus".equals(format)) {
            return Map.of("text", metrics.prometheus(labels));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("latest", metrics.latest());
        answer.put("history", metrics.since(since));
        return answer;
    }
}
