package eu.conpaas.service.web.manager;

import static eu.conpaas.service.web.Roles.BACKEND;
import static eu.conpaas.service.web.Roles.PROXY;
import static eu.conpaas.service.web.Roles.WEB;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.plan.SettingValues;
import eu.conpaas.service.web.Kind;
import eu.conpaas.service.web.plan.Weights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers to queries, in the shapes of 1.3.1 with additions. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final Duration ASK = Duration.ofSeconds(3);
    private final ServiceDescriptor descriptor;
    private final Kind kind;
    private volatile Optional<Integer> port = Optional.empty();

    Answers(ServiceDescriptor descriptor, Kind kind) {
        this.descriptor = descriptor;
        this.kind = kind;
    }

    Map<String, Object> query(String method, Map<String, Object> arguments, Situation situation) {
        return switch (method) {
            case "info" -> info(situation);
            case "list_nodes" -> nodes(situation);
            case "get_node_info" -> Map.of("serviceNode", node(String.valueOf(arguments.get("serviceNodeId")), situation));
            case "get_configuration" -> configuration(situation.from());
            default -> throw new ApiException(ErrorCode.NOT_FOUND, "method not found: " + method, "See 'help " + kind.id() + "'.");
        };
    }

    private Map<String, Object> info(Situation situation) {
        Map<String, Object> info = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (String role : List.of(PROXY, WEB, BACKEND)) {
            List<String> addresses = nodes(role, situation).stream().map(NodeView::address).filter(Objects::nonNull).toList();
            info.put(role, addresses);
            lines.add(role + ": " + String.join(" ", addresses));
        }
        info.put("lines", lines);
        port(situation).ifPresent(p -> info.put("port", p));
        return info;
    }

    /** What others may refer to; null while it is not known. */
    Map<String, String> published(Situation situation) {
        return port(situation).map(p -> Map.of("port", Integer.toString(p))).orElse(null);
    }

    /**
     * Where the first proxy listens, which is never changed; unknown if it has not been asked and does not answer. Right after a start the service
     * runs already while this manager has not yet been told that the start is over: then the proxy is that of the state it leads to.
     */
    private Optional<Integer> port(Situation situation) {
        Optional<NodeView> first = Stream.of(situation.from(), situation.to()).flatMap(s -> situation.nodes(s, PROXY).stream()).findFirst();
        if (first.isPresent()) {
            try {
                port = Optional.of(((Number) situation.agents().call(first.get(), "proxy_info", Map.of(), ASK).get("port")).intValue());
            } catch (ApiException e) {
                LOG.debug("the port of the site is not known: {}", e.getMessage());
            }
        }
        return first.isPresent() ? port : Optional.empty();
    }

    private static Map<String, Object> nodes(Situation situation) {
        Map<String, Object> nodes = new LinkedHashMap<>();
        for (String role : List.of(PROXY, WEB, BACKEND)) {
            nodes.put(role, nodes(role, situation).stream().map(NodeView::id).toList());
        }
        return nodes;
    }

    private static List<NodeView> nodes(String role, Situation situation) {
        return situation.from().nodesWith(role).stream().flatMap(id -> situation.assignment().nodes().stream().filter(n -> n.id().equals(id))).toList();
    }

    private static Map<String, Object> node(String id, Situation situation) {
        NodeView node = situation.assignment().nodes().stream().filter(n -> n.id().equals(id) || id.equals(n.vmid())).findFirst()
                .orElseThrow(() -> new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:serviceNodeId '" + id + "' is no node of this service.",
                        "See list_nodes."));
        DesiredState state = situation.from();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", node.id());
        answer.put("ip", node.address());
        answer.put("isRunningProxy", state.nodesWith(PROXY).contains(node.id()));
        answer.put("isRunningWeb", state.nodesWith(WEB).contains(node.id()));
        answer.put("isRunningBackend", state.nodesWith(BACKEND).contains(node.id()));
        answer.put("weightWeb", Weights.of(state, WEB, node.id()));
        answer.put("weightBackend", Weights.of(state, BACKEND, node.id()));
        answer.put("vmid", node.vmid());
        answer.put("cloud", node.cloud());
        answer.put("state", node.state());
        return answer;
    }

    private Map<String, Object> configuration(DesiredState state) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("codeVersionId", state.codeVersion());
        answer.put("previousCodeVersionId", state.previousCode());
        answer.put(kind.settings(), SettingValues.effective(descriptor, state.settings()));
        answer.put("environment", state.environment());
        return answer;
    }
}
