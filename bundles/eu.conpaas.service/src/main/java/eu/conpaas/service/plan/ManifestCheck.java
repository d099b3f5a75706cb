package eu.conpaas.service.plan;

import static eu.conpaas.service.plan.DescriptorCheck.require;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.CallSpec;
import eu.conpaas.api.ServiceDescriptor.InstanceSpec;
import eu.conpaas.api.ServiceDescriptor.ManifestField;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import java.util.Set;

/** Finds the first mistake in what a descriptor says of manifests. */
final class ManifestCheck {
    private static final Set<String> TYPES = Set.of("url", "text", "secret", "object");
    private static final Set<String> CURRENT = Set.of("settings", "environment", "code");
    private static final Set<String> COMMON = Set.of("Type", "ServiceName", "Cloud", "Start", "StartupScript", "StartupInstances");
    private final ServiceDescriptor descriptor;

    ManifestCheck(ServiceDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    void run() {
        DescriptorCheck.unique("manifest.instances", descriptor.manifest().instances(), InstanceSpec::key);
        descriptor.manifest().instances().forEach(i -> require(descriptor.role(i.role()).isPresent(), "manifest.instances." + i.key() + ".role",
                "names no role of the service"));
        DescriptorCheck.unique("manifest.fields", descriptor.manifest().fields(), ManifestField::name);
        descriptor.manifest().fields().forEach(this::field);
    }

    private void field(ManifestField field) {
        String name = "manifest.fields." + field.name();
        require(!COMMON.contains(field.name()), name, "is a key of every service");
        require(field.type() != null && TYPES.contains(field.type()), name + ".type", "must be one of " + TYPES);
        require(field.current() == null || CURRENT.contains(field.current()) || isGet(field.current()), name + ".current",
                "must be one of " + CURRENT + " or method: and a GET method");
        require(!field.calls().isEmpty(), name + ".calls", "are missing");
        field.calls().forEach(call -> call(call, name + ".calls." + call.method()));
    }

    private boolean isGet(String current) {
        return current.startsWith("method:") && method(current.substring("method:".length()), "manifest").verb().equals("GET");
    }

    private void call(CallSpec call, String name) {
        MethodSpec method = method(call.method(), name);
        call.arguments().keySet().forEach(a -> require(method.params().stream().anyMatch(p -> p.name().equals(a)), name + "." + a,
                "names no parameter of the method"));
    }

    private MethodSpec method(String method, String field) {
        try {
            return CommonMethods.find(descriptor, method);
        } catch (ApiException e) {
            throw new IllegalArgumentException("service.json: " + field + ": " + e.getMessage(), e);
        }
    }
}
