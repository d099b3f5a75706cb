package eu.conpaas.cli.internal.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.CommandSpec;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceDetail;
import eu.conpaas.api.ServiceView;
import eu.conpaas.cli.internal.Exit;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.remote.Session;
import eu.conpaas.client.Endpoints;
import eu.conpaas.client.Endpoints.Placed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code info}: the service's row, then its nodes by role and its addresses, as its descriptor names them. */
final class ServiceInfo {
    static final String INFO = "info";

    private ServiceInfo() {
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
        JsonNode answer = Endpoints.serves(service) ? ownAnswer(call, type, service) : MissingNode.getInstance();
        List<String> own = ownLines(type, answer);
        List<Placed> nodes = Endpoints.serves(service) ? Endpoints.nodes(detail.desired(), detail.nodes()) : List.of();
        Map<String, List<String>> roles = Endpoints.byRole(type, nodes);
        Map<String, List<String>> endpoints = Endpoints.of(type, service, roles, answer);
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
}
