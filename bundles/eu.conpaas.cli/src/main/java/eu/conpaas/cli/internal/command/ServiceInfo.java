package eu.conpaas.cli.internal.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Placement;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.CommandSpec;
import eu.conpaas.api.ServiceDescriptor.EndpointSpec;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceDetail;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.cli.internal.Exit;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.remote.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code info}: the service's row, then its nodes by role and its addresses, as its descriptor names them. */
final class ServiceInfo {
    static final String INFO = "info";
    private static final Pattern FACT = Pattern.compile("\\$\\{info:([^}]+)}");

    private ServiceInfo() {
    }

    /** A node with its roles. */
    record Node(String id, String ip, List<String> roles) {
    }

    static int run(Call call) {
        Session session = call.cli().session();
        ServiceDetail detail = session.director().services().get(session.service(call.arg("sid")).sid());
        ServiceView service = detail.service();
        ServiceDescriptor type = session.descriptor(service.type());
        Map<String, Object> info = new LinkedHashMap<>(ServiceVerbs.row(service));
        info.put("created", service.created());
        info.put("cloud", service.cloud());
        info.put("user_id", service.user_id());
        if (service.address() != null) {
            info.put("address", service.address());
        }
        if (service.operation() != null) {
            info.put("operation", service.operation());
        }
        info.put("state", service.state());
        JsonNode answer = serves(service) ? ownAnswer(call, type, service) : MissingNode.getInstance();
        List<String> own = ownLines(type, answer);
        List<Node> nodes = serves(service) ? nodes(detail) : List.of();
        Map<String, List<String>> roles = byRole(type, nodes);
        Map<String, List<String>> endpoints = endpoints(type, service, roles, answer);
        if (call.options().json()) {
            if (!service.addresses().isEmpty()) {
                info.put("addresses", service.addresses());
            }
            info.put("nodes", nodes);
            info.put("endpoints", endpoints);
            return Outcome.json(call, info);
        }
        info.forEach((key, value) -> call.print(key + ": " + (value == null ? "" : value)));
        if (own.isEmpty()) {
            roles.forEach((role, addresses) -> call.print(role + ": " + String.join(" ", addresses)));
        } else {
            own.forEach(call::print);
        }
        endpoints.forEach((title, urls) -> urls.forEach(url -> call.print(title + ": " + url)));
        return Exit.OK;
    }

    private static boolean serves(ServiceView service) {
        return service.state() == ServiceState.RUNNING || service.state() == ServiceState.ADAPTING;
    }

    /** What the type's own {@code info} method answers, if it has one and the manager is there. */
    private static JsonNode ownAnswer(Call call, ServiceDescriptor type, ServiceView service) {
        if (type.method(INFO).isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return call.cli().session().ask(service, INFO, Map.of());
        } catch (ApiException e) {
            call.terminal().err().println("The manager does not answer now: " + e.error().cause());
            return MissingNode.getInstance();
        }
    }

    private static List<String> ownLines(ServiceDescriptor type, JsonNode answer) {
        Optional<CommandSpec> command = type.method(INFO).map(MethodSpec::command);
        return command.isEmpty() || answer.isMissingNode() ? List.of() : Rendering.of(command.get(), Map.of(), answer).lines().toList();
    }

    /** The nodes with the roles they have. */
    static List<Node> nodes(ServiceDetail detail) {
        List<Node> nodes = new ArrayList<>();
        for (Placement placement : detail.desired().placement()) {
            String address = detail.nodes().stream().filter(n -> n.id().equals(placement.node())).map(NodeView::address).findFirst().orElse("");
            nodes.add(new Node(placement.node(), address, List.copyOf(placement.roles())));
        }
        return nodes;
    }

    private static Map<String, List<String>> byRole(ServiceDescriptor type, List<Node> nodes) {
        Map<String, List<String>> roles = new LinkedHashMap<>();
        for (ServiceDescriptor.RoleSpec role : type.roles()) {
            List<String> addresses = nodes.stream().filter(n -> n.roles().contains(role.id())).map(Node::ip).toList();
            if (!addresses.isEmpty()) {
                roles.put(role.id(), addresses);
            }
        }
        return roles;
    }

    private static Map<String, List<String>> endpoints(ServiceDescriptor type, ServiceView service, Map<String, List<String>> roles, JsonNode answer) {
        Map<String, List<String>> endpoints = new LinkedHashMap<>();
        for (EndpointSpec endpoint : type.endpoints()) {
            String url = known(endpoint.url(), answer);
            List<String> urls = new ArrayList<>();
            if (url.contains("${address") && serves(service)) {
                urls.add(addressed(url, service));
            }
            roles.forEach((role, addresses) -> {
                String place = "${role:" + role + "}";
                if (url.contains(place)) {
                    addresses.forEach(a -> urls.add(url.replace(place, a)));
                }
            });
            urls.removeIf(u -> u.contains("${"));
            if (!urls.isEmpty()) {
                endpoints.put(endpoint.title(), urls.stream().map(ServiceInfo::withoutUsualPort).toList());
            }
        }
        return endpoints;
    }

    private static String addressed(String url, ServiceView service) {
        String text = service.address() == null ? url : url.replace("${address}", service.address());
        for (Map.Entry<String, String> further : service.addresses().entrySet()) {
            text = text.replace("${address:" + further.getKey() + "}", further.getValue());
        }
        return text;
    }

    /** Puts in what the answer tells; what it does not tell stays, so that no address is shown that may be wrong. */
    private static String known(String url, JsonNode answer) {
        return FACT.matcher(url).replaceAll(m -> Matcher.quoteReplacement(answer.path(m.group(1)).asText(m.group())));
    }

    private static String withoutUsualPort(String url) {
        return url.replaceFirst("^(http://[^/]+):80(?=/|$)", "$1").replaceFirst("^(https://[^/]+):443(?=/|$)", "$1");
    }
}
