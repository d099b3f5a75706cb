package eu.conpaas.console.model.change;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.CallSpec;
import eu.conpaas.api.ServiceDescriptor.CommandSpec;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceDescriptor.ParamSpec;

/** What can be asked of, or done to, services of a type besides what pages of their own are for; each is a command of the command line too. */
public final class Actions {
    /** Methods that pages are for, whatever the type: numbers of nodes, code versions. */
    private static final Set<String> ELSEWHERE = Set.of("add_nodes", "remove_nodes", "upload_code_version", "list_code_versions", "download_code_version",
            "delete_code_version", "rollback", "upload_startup_script", "get_startup_script", "info", "get_service_performance", "list_nodes", "get_node_info");

    private Actions() {
    }

    /** The actions of a type, in the order of its descriptor. */
    public static List<MethodSpec> of(ServiceDescriptor type) {
        Set<String> called = calledByPages(type);
        return type.methods().stream().filter(m -> m.command() != null && !ELSEWHERE.contains(m.name()) && !called.contains(m.name())).toList();
    }

    /** Settings and variables have pages, where the type says how they are set. */
    private static Set<String> calledByPages(ServiceDescriptor type) {
        Stream<CallSpec> calls = type.manifest() == null ? Stream.empty()
                : type.manifest().fields().stream().filter(f -> "settings".equals(f.current()) || "environment".equals(f.current())).flatMap(f -> f.calls().stream());
        return Set.copyOf(calls.map(CallSpec::method).toList());
    }

    /** What a person is asked for. Parameters that the command always sends with the same value are not among them. */
    public static List<ParamSpec> questions(MethodSpec method) {
        return method.params().stream().filter(p -> !(method.command().fixed().get(p.name()) instanceof Object fixed && !isPlace(fixed))).toList();
    }

    private static boolean isPlace(Object fixed) {
        return fixed instanceof String text && text.contains("${");
    }

    /** The parameters to send: the answers that are not empty, as the types they have, and those that are always the same. */
    public static Map<String, Object> parameters(MethodSpec method, Map<String, String> answers) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        CommandSpec command = method.command();
        command.fixed().forEach((name, value) -> {
            if (!isPlace(value)) {
                parameters.put(name, value);
            }
        });
        for (ParamSpec parameter : questions(method)) {
            String answer = answers.getOrDefault(parameter.name(), "");
            if (!answer.isEmpty() && !parameter.type().equals("file")) {
                parameters.put(parameter.name(), parameter.type().equals("boolean") ? (Object) Boolean.valueOf(answer) : answer);
            }
        }
        return parameters;
    }
}
