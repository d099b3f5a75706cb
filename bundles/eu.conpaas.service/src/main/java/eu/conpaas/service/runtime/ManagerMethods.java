package eu.conpaas.service.runtime;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Role;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceDescriptor.RoleSpec;
import eu.conpaas.api.ServiceState;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Call;
import eu.conpaas.rpc.MethodDef;
import eu.conpaas.rpc.MethodTable;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.plan.Arguments;
import eu.conpaas.service.plan.CommonMethods;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The manager as clients of 1.3.1 see it: every method of its service type. Queries are answered here; changes and what the director stores are handed on
 * to the director, which checks and decides, and answered in the old shape.
 */
public final class ManagerMethods {
    private static final int LOG_LIMIT = 1 << 20;
    private final ServiceDescriptor descriptor;
    private final ServiceManager manager;
    private final ManagerRuntime runtime;
    private final DirectorLink director;
    private final NodeLogs logs;
    private final AddOns addOns;

    public ManagerMethods(ServiceDescriptor descriptor, ServiceManager manager, ManagerRuntime runtime, DirectorLink director, NodeLogs logs, AddOns addOns) {
        this.descriptor = descriptor;
        this.manager = manager;
        this.runtime = runtime;
        this.director = director;
        this.logs = logs;
        this.addOns = addOns;
    }

    /** The table for the manager's server. */
    public MethodTable table() {
        MethodTable table = new MethodTable(Access.SERVICE_PEER);
        CommonMethods.of(descriptor).forEach(spec -> table.add(MethodDef.of(spec, call -> answer(spec, call))));
        return table;
    }

    private Object answer(MethodSpec spec, Call call) throws Exception {
        if (!spec.kind().equals(CommonMethods.QUERY)) {
            return forward(spec, call);
        }
        Map<String, Object> arguments = Arguments.check(spec, call.request().params());
        if (spec.answersFile()) {
            return manager.download(spec.name(), arguments, runtime.situation());
        }
        Map<String, Object> added = addOns.query(spec.name(), arguments);
        if (added != null) {
            return added;
        }
        boolean own = descriptor.method(spec.name()).isPresent();
        return own ? manager.query(spec.name(), arguments, runtime.situation()) : common(spec.name(), arguments, runtime.situation());
    }

    private Object forward(MethodSpec spec, Call call) {
        if (call.caller().identity().role() == Role.DIRECTOR) {
            throw new ApiException(ErrorCode.BAD_REQUEST, spec.name() + " is answered by the director itself.", "Call the director's own method.");
        }
        Object answer = director.call(spec.name(), call.request().params(), call.uploads().values(), call.caller());
        return switch (spec.name()) {
            case "startup" -> Map.of("state", ServiceState.PROLOGUE);
            case "shutdown" -> Map.of("state", ServiceState.EPILOGUE);
            case "add_nodes", "remove_nodes" -> Map.of();
            default -> answer;
        };
    }

    private Object common(String method, Map<String, Object> arguments, Situation situation) throws Exception {
        return switch (method) {
            case "get_service_info" -> info(situation);
            case "get_service_performance" -> performance(situation);
            case "list_nodes" -> nodes(situation);
            case "get_node_info" -> Map.of("serviceNode", node(arguments.get("serviceNodeId").toString(), situation));
            case "getLog" -> Map.of("log", logs.read("node", -LOG_LIMIT, LOG_LIMIT).text());
            default -> throw new ApiException(ErrorCode.NOT_FOUND, "method not found: " + method, "See 'help " + descriptor.id() + "'.");
        };
    }

    private Map<String, Object> info(Situation situation) {
        Map<String, Object> info = new LinkedHashMap<>(Map.of("state", situation.assignment().service().state(), "type", descriptor.id()));
        info.putAll(addOns.info());
        return info;
    }

    private Map<String, Double> performance(Situation situation) {
        Map<String, Double> figures = new TreeMap<>(Map.of("request_rate", 0.0, "error_rate", 0.0, "throughput", 0.0, "response_time", 0.0));
        figures.putAll(manager.metrics(situation));
        return figures;
    }

    private Map<String, Object> nodes(Situation situation) {
        Map<String, Object> byRole = new LinkedHashMap<>();
        for (RoleSpec role : descriptor.roles()) {
            List<String> ids = situation.from().nodesWith(role.id()).stream()
                    .map(id -> situation.assignment().nodes().stream().filter(n -> n.id().equals(id)).map(ManagerMethods::vmid).findFirst().orElse(id)).toList();
            byRole.put(role.id(), ids);
        }
        return byRole;
    }

    private static String vmid(NodeView node) {
        return node.vmid() == null ? node.id() : node.vmid();
    }

    private Map<String, Object> node(String id, Situation situation) {
        NodeView node = situation.assignment().nodes().stream().filter(n -> n.id().equals(id) || id.equals(n.vmid())).findFirst()
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "Invalid arguments DETAIL:serviceNodeId '" + id + "' is no node of this service.",
                        "See list_nodes."));
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("id", vmid(node));
        info.put("ip", node.address());
        for (RoleSpec role : descriptor.roles()) {
            info.put("isRunning" + Character.toUpperCase(role.id().charAt(0)) + role.id().substring(1), situation.from().nodesWith(role.id()).contains(node.id()));
        }
        info.put("cloud", node.cloud());
        info.put("state", node.state());
        return info;
    }
}
