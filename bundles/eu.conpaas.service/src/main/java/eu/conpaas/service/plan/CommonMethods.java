package eu.conpaas.service.plan;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceDescriptor.ParamSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The methods every manager has, beside those of its descriptor. A descriptor that names one of them replaces it. */
public final class CommonMethods {
    /** Accepted by the director; becomes a plan and an operation. */
    public static final String CHANGE = "change";
    /** Answered by the manager. */
    public static final String QUERY = "query";
    /** Answered by the director from what it stores. */
    public static final String STORE = "store";

    private CommonMethods() {
    }

    /** All methods of a service of this type: the common ones first, then the descriptor's. */
    public static List<MethodSpec> of(ServiceDescriptor descriptor) {
        Map<String, MethodSpec> methods = new LinkedHashMap<>();
        Stream.concat(common(descriptor), descriptor.methods().stream()).forEach(m -> methods.put(m.name(), m));
        return List.copyOf(methods.values());
    }

    /** @throws ApiException NOT_FOUND if a service of this type has no such method */
    public static MethodSpec find(ServiceDescriptor descriptor, String method) {
        return of(descriptor).stream().filter(m -> m.name().equals(method)).findFirst()
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "method not found: " + method,
                        "See 'help " + descriptor.id() + "' for what this service can do."));
    }

    /** Whether members of the application who may only look may call the method; no if there is no such method. */
    public static boolean isForViewers(ServiceDescriptor descriptor, String method) {
        boolean common = common(descriptor).anyMatch(m -> m.name().equals(method) && m.viewer());
        return of(descriptor).stream().anyMatch(m -> m.name().equals(method) && (m.viewer() || common) && m.verb().equals("GET") && !m.answersFile());
    }

    private static Stream<MethodSpec> common(ServiceDescriptor descriptor) {
        ParamSpec cloud = new ParamSpec("cloud", "string", false, "default", null, "Cloud on which nodes are made.");
        ParamSpec node = new ParamSpec("serviceNodeId", "string", true, null, null, "Id of a node of the service.");
        ParamSpec script = new ParamSpec("script", "file", true, null, null, "Script run once on each node made later.");
        List<ParamSpec> counts = new ArrayList<>();
        descriptor.roles().forEach(r -> counts.add(new ParamSpec(r.id(), "integer", false, null, null, "How many " + r.title() + " nodes.")));
        if (descriptor.role("count").isEmpty()) {
            counts.add(new ParamSpec("count", "integer", false, null, null, "How many nodes of the first role."));
        }
        List<ParamSpec> add = new ArrayList<>(counts);
        add.add(cloud);
        return Stream.of(
                method("startup", "POST", CHANGE, "Start the service.", List.of(cloud)),
                method("shutdown", "POST", CHANGE, "Stop the service; what it holds is kept.", List.of()),
                method("add_nodes", "POST", CHANGE, "Add nodes.", add),
                method("remove_nodes", "POST", CHANGE, "Remove nodes.", counts),
                method("get_service_info", "GET", QUERY, "State and type of the service.", List.of()),
                method("get_service_history", "GET", STORE, "The states the service has been in.", List.of()),
                method("get_service_performance", "GET", QUERY, "Latest figures of the service as a whole.", List.of()),
                method("list_nodes", "GET", QUERY, "Nodes by role.", List.of()),
                method("get_node_info", "GET", QUERY, "Address and roles of a node.", List.of(node)),
                method("getLog", "GET", QUERY, "The manager's log.", List.of()),
                method("upload_startup_script", "UPLOAD", STORE, "Store a script that is run once on each node made later.", List.of(script)),
                method("get_startup_script", "GET", STORE, "The start-up script.", List.of()));
    }

    private static MethodSpec method(String name, String verb, String kind, String help, List<ParamSpec> params) {
        return new MethodSpec(name, verb, kind, help, params, null, verb.equals("GET"));
    }
}
