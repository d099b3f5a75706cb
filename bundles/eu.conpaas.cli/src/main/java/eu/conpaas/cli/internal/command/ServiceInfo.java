package eu.conpaas.cli.internal.command;

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

/** {@code info}: the service's row, then its nodes by role and its addresses, as its descriptor names them. */
final class ServiceInfo {
    static final String INFO = "info";

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
        List<String> own = serves(service) ? ownLines(call, type, service) : List.of();
        List<Node> nodes = serves(service) ? nodes(detail) : List.of();
        Map<String, List<String>> roles = byRole(type, nodes);
        Map<String, List<String>> endpoints = endpoints(type, service, roles);
        if (call.options().json()) {
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

    /** Lines of the type's own {@code info} method, if it has one. */
    private static List<String> ownLines(Call call, ServiceDescriptor type, ServiceView service) {
        Optional<CommandSpec> command = type.method(INFO).map(MethodSpec::command);
        if (command.isEmpty()) {
            return List.of();
        }
        try {
            return Rendering.of(command.get(), Map.of(), call.cli().session().ask(service, INFO, Map.of())).lines().toList();
        } catch (ApiException e) {
            call.terminal().err().println("The manager does not answer now: " + e.error().cause());
            return List.of();
        }
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

    private static Map<String, List<String>> endpoints(ServiceDescriptor type, ServiceView service, Map<String, List<String>> roles) {
        Map<String, List<String>> endpoints = new LinkedHashMap<>();
        for (EndpointSpec endpoint : type.endpoints()) {
            List<String> urls = new ArrayList<>();
            if (endpoint.url().contains("${address}") && service.address() != null && serves(service)) {
                urls.add(endpoint.url().replace("${address}", service.address()));
            }
            roles.forEach((role, addresses) -> {
                String place = "${role:" + role + "}";
                if (endpoint.url().contains(place)) {
                    addresses.forEach(a -> urls.add(endpoint.url().replace(place, a)));
                }
            });
            if (!urls.isEmpty()) {
                endpoints.put(endpoint.title(), urls);
            }
        }
        return endpoints;
    }
}
