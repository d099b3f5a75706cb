package eu.conpaas.director.internal.operation;

import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.Published;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.AddressSpec;
import eu.conpaas.api.ServiceDescriptor.PublishSpec;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.service.Types;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.service.plan.SettingValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What services publish to the others of their application, worked out from what is stored. */
public final class Publishing {
    private static final Pattern SOURCE = Pattern.compile("\\$\\{(?:([^:}]*):)?([^}]*)}");

    private Publishing() {
    }

    /** All services of an application, oldest first, those that publish nothing too. */
    public static List<Published> of(Session s, Types types, long aid) {
        List<Published> all = new ArrayList<>();
        for (Service service : Services.ofApplication(s, aid)) {
            if (service.desired().goal() != Goal.TERMINATED && types.names().contains(service.type())) {
                all.add(of(s, types.descriptor(service.type()), service));
            }
        }
        return all;
    }

    /** What the others publish to a service. */
    public static List<Published> to(Session s, Types types, Service service) {
        return of(s, types, service.aid()).stream().filter(p -> p.sid() != service.sid()).toList();
    }

    private static Published of(Session s, ServiceDescriptor descriptor, Service service) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> variables = new LinkedHashMap<>();
        for (PublishSpec spec : descriptor.publishes()) {
            value(s, descriptor, service, spec.value()).ifPresent(value -> {
                values.put(spec.name(), value);
                if (spec.variable() != null) {
                    variables.put(spec.variable(), value);
                }
            });
        }
        return new Published(service.sid(), service.name(), service.type(), descriptor.publishes().stream().map(PublishSpec::name).toList(), values, variables);
    }

    private static Optional<String> value(Session s, ServiceDescriptor descriptor, Service service, String template) {
        StringBuilder text = new StringBuilder();
        Matcher matcher = SOURCE.matcher(template);
        while (matcher.find()) {
            String source = source(s, descriptor, service, String.valueOf(matcher.group(1)), matcher.group(2));
            if (source == null) {
                return Optional.empty();
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(source));
        }
        return Optional.of(matcher.appendTail(text).toString());
    }

    private static String source(Session s, ServiceDescriptor descriptor, Service service, String kind, String name) {
        return switch (kind) {
            case "address" -> address(s, descriptor, service, name);
            case "role" -> service.desired().nodesWith(name).stream().findFirst().map(id -> address(s, id)).orElse(null);
            case "setting" -> SettingValues.effective(descriptor, service.desired().settings()).get(name);
            case "reported" -> service.observed() == null || service.observed().published() == null ? null : service.observed().published().get(name);
            default -> address(s, descriptor, service, AddressSpec.PUBLIC);
        };
    }

    /** The service's own address, else that of the node it would lead to. */
    private static String address(Session s, ServiceDescriptor descriptor, Service service, String id) {
        return service.address(id) != null ? service.address(id)
                : Addresses.spec(descriptor, id).flatMap(spec -> Addresses.entry(spec, service.desired(), service.desired(), null)).map(node -> address(s, node)).orElse(null);
    }

    private static String address(Session s, String node) {
        return Nodes.find(s, node).map(Node::address).orElse(null);
    }
}
