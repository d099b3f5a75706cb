package eu.conpaas.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Placement;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.EndpointSpec;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;

/** Where a service is reached, by what its descriptor says and what is known of it. */
public final class Endpoints {
    private static final Pattern FACT = Pattern.compile("\\$\\{info:([^}]+)}");

    private Endpoints() {
    }

    /** A node with its roles. */
    public record Placed(String id, String ip, List<String> roles) {
    }

    /** Whether it answers users. */
    public static boolean serves(ServiceView service) {
        return service.state() == ServiceState.RUNNING || service.state() == ServiceState.ADAPTING;
    }

    /** The nodes with the roles they have. */
    public static List<Placed> nodes(DesiredState desired, List<NodeView> there) {
        List<Placed> nodes = new ArrayList<>();
        for (Placement placement : desired.placement()) {
            String address = there.stream().filter(n -> n.id().equals(placement.node())).map(NodeView::address).findFirst().orElse("");
            nodes.add(new Placed(placement.node(), address, List.copyOf(placement.roles())));
        }
        return nodes;
    }

    /** Addresses of the nodes of each role, in the descriptor's order. */
    public static Map<String, List<String>> byRole(ServiceDescriptor type, List<Placed> nodes) {
        Map<String, List<String>> roles = new LinkedHashMap<>();
        for (ServiceDescriptor.RoleSpec role : type.roles()) {
            List<String> addresses = nodes.stream().filter(n -> n.roles().contains(role.id())).map(Placed::ip).toList();
            if (!addresses.isEmpty()) {
                roles.put(role.id(), addresses);
            }
        }
        return roles;
    }

    /**
     * The addresses to show, by title.
     *
     * @param roles  see {@link #byRole}
     * @param answer what the type's method {@code info} answers, or a missing node
     */
    public static Map<String, List<String>> of(ServiceDescriptor type, ServiceView service, Map<String, List<String>> roles, JsonNode answer) {
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
                endpoints.put(endpoint.title(), urls.stream().map(Endpoints::withoutUsualPort).toList());
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
