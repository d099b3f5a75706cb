package eu.conpaas.console.model.change;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.CallSpec;
import eu.conpaas.api.ServiceDescriptor.ManifestField;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceDescriptor.RoleSpec;

/**
 * How services of a type are changed, by its descriptor alone: how many nodes, which settings, which environment, which code. What the descriptor does not
 * offer is empty.
 */
public final class TypeCalls {
    private static final String VALUE = "${value}";
    private static final String VERSION = "${codeVersionId}";
    private final ServiceDescriptor type;

    public TypeCalls(ServiceDescriptor type) {
        this.type = type;
    }

    /** Start on a cloud. */
    public ServiceChange start(long sid, String cloud) {
        return ServiceChange.of("start", sid, "startup", Map.of("cloud", cloud));
    }

    public ServiceChange stop(long sid) {
        return ServiceChange.of("stop", sid, "shutdown", Map.of());
    }

    public Optional<ServiceChange> settings(long sid, Map<String, String> values) {
        return withValue("settings", sid, new TreeMap<>(values));
    }

    /** All variables, as they shall be. */
    public Optional<ServiceChange> environment(long sid, Map<String, String> variables) {
        return withValue("environment", sid, new TreeMap<>(variables));
    }

    public Optional<ServiceChange> activate(long sid, String version) {
        return field("code").map(f -> f.calls().getLast()).filter(c -> c.arguments().containsValue(VERSION))
                .map(c -> ServiceChange.of("activate", sid, c.method(), filled(c, VERSION, version)));
    }

    public boolean hasEnvironment() {
        return field("environment").isPresent();
    }

    /**
     * More or fewer nodes; a change is one of the two.
     *
     * @param now    counters by role
     * @param wanted counters by role
     * @param cloud  for new nodes
     * @return empty if nothing differs, or some roles grow and others shrink, see {@link #isMixed}
     */
    public Optional<ServiceChange> scale(long sid, Map<String, Integer> now, Map<String, Integer> wanted, String cloud) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        int sign = 0;
        for (RoleSpec role : type.roles()) {
            int difference = wanted.getOrDefault(role.id(), 0) - now.getOrDefault(role.id(), 0);
            if (difference != 0) {
                if (sign != 0 && Integer.signum(difference) != sign) {
                    return Optional.empty();
                }
                sign = Integer.signum(difference);
                parameters.put(type.countParameter(sign > 0 ? "add_nodes" : "remove_nodes", role.id()), Math.abs(difference));
            }
        }
        if (sign == 0) {
            return Optional.empty();
        }
        if (sign > 0) {
            parameters.put("cloud", cloud);
        }
        return Optional.of(ServiceChange.of("scale", sid, sign > 0 ? "add_nodes" : "remove_nodes", parameters));
    }

    /** Whether some roles shall grow and others shrink, which are two changes. */
    public boolean isMixed(Map<String, Integer> now, Map<String, Integer> wanted) {
        List<Integer> differences = type.roles().stream().map(r -> wanted.getOrDefault(r.id(), 0) - now.getOrDefault(r.id(), 0)).toList();
        return differences.stream().anyMatch(d -> d > 0) && differences.stream().anyMatch(d -> d < 0);
    }

    /** Roles people choose the numbers of. */
    public List<RoleSpec> scalable() {
        return type.roles().stream().filter(r -> r.max() > r.min() && offers("add_nodes", r)).toList();
    }

    private boolean offers(String method, RoleSpec role) {
        return type.method(method).map(m -> has(m, role.id()) || has(m, "count") && type.roles().getFirst().equals(role)).orElse(true);
    }

    private static boolean has(MethodSpec method, String parameter) {
        return method.params().stream().anyMatch(p -> p.name().equals(parameter));
    }

    private Optional<ManifestField> field(String current) {
        return type.manifest() == null ? Optional.empty()
                : type.manifest().fields().stream().filter(f -> current.equals(f.current()) && !f.calls().isEmpty()).findFirst();
    }

    private Optional<ServiceChange> withValue(String kind, long sid, Object value) {
        return field(kind).map(f -> f.calls().getLast()).map(c -> ServiceChange.of(kind, sid, c.method(), filled(c, VALUE, value)));
    }

    private static Map<String, Object> filled(CallSpec call, String place, Object value) {
        Map<String, Object> filled = new LinkedHashMap<>(call.arguments());
        filled.replaceAll((name, argument) -> place.equals(argument) ? value : argument);
        return filled;
    }
}
