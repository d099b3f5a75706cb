package eu.conpaas.service.plan;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.AddressSpec;
import eu.conpaas.api.ServiceDescriptor.CommandSpec;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceDescriptor.ParamSpec;
import eu.conpaas.api.ServiceDescriptor.PortSpec;
import eu.conpaas.api.ServiceDescriptor.PublishSpec;
import eu.conpaas.api.ServiceDescriptor.RoleSpec;
import eu.conpaas.api.ServiceDescriptor.SettingSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Finds the first mistake in a descriptor and names its field. */
final class DescriptorCheck {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]*");
    private static final Pattern PROPERTY = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");
    private static final Pattern SOURCE = Pattern.compile("\\$\\{(?:([^:}]*):)?([^}]*)}");
    private static final Set<String> VERBS = Set.of("GET", "POST", "UPLOAD");
    private static final Set<String> KINDS = Set.of(CommonMethods.CHANGE, CommonMethods.QUERY, CommonMethods.STORE);
    private static final Set<String> PARAM_TYPES = Set.of("integer", "string", "boolean", "object", "file");
    private static final Set<String> SETTING_TYPES = Set.of("text", "integer", "size", "boolean", "choice", "list");
    private static final Set<String> FORMS = Set.of("message", "lines", "table", "json", "text", "file", "stream");
    private final ServiceDescriptor descriptor;

    DescriptorCheck(ServiceDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    void run() {
        require(descriptor.id() != null && ID.matcher(descriptor.id()).matches(), "id", "must match " + ID);
        require(filled(descriptor.title()), "title", "is missing");
        require(filled(descriptor.group()), "group", "is missing");
        require(filled(descriptor.description()), "description", "is missing");
        unique("roles", descriptor.roles(), RoleSpec::id);
        descriptor.roles().forEach(this::role);
        unique("settings", descriptor.settings(), SettingSpec::id);
        descriptor.settings().forEach(this::setting);
        unique("methods", descriptor.methods(), MethodSpec::name);
        descriptor.methods().forEach(this::method);
        descriptor.ports().forEach(this::port);
        unique("addresses", descriptor.allAddresses(), AddressSpec::id);
        descriptor.addresses().forEach(this::address);
        unique("endpoints", descriptor.endpoints(), ServiceDescriptor.EndpointSpec::id);
        unique("metrics", descriptor.metrics(), ServiceDescriptor.MetricSpec::id);
        unique("publishes", descriptor.publishes(), PublishSpec::name);
        descriptor.publishes().forEach(this::publish);
        if (descriptor.manifest() != null) {
            new ManifestCheck(descriptor).run();
        }
    }

    private void role(RoleSpec role) {
        String field = "roles." + role.id();
        require(ID.matcher(role.id()).matches(), field, "must match " + ID);
        require(filled(role.title()), field + ".title", "is missing");
        require(role.min() >= 0 && role.min() <= role.max(), field + ".min", "must be between 0 and max");
        require(role.initial() >= role.min() && role.initial() <= role.max(), field + ".initial", "must be between min and max");
    }

    private void port(PortSpec port) {
        String field = "ports." + port.port();
        require(port.port() > 0 && port.port() < 65536, field, "must be between 1 and 65535");
        require(Set.of("public", "service", "manager").contains(String.valueOf(port.from())), field + ".from", "must be public, service or manager");
        require(port.role() == null || descriptor.role(port.role()).isPresent(), field + ".role", "names no role of the service");
    }

    private void address(AddressSpec address) {
        String field = "addresses." + address.id();
        require(PROPERTY.matcher(address.id()).matches(), field, "must match " + PROPERTY);
        require(!address.roles().isEmpty() && address.roles().stream().allMatch(r -> descriptor.role(r).isPresent()), field + ".roles",
                "must name roles of the service");
    }

    private void publish(PublishSpec publish) {
        String field = "publishes." + publish.name();
        require(PROPERTY.matcher(publish.name()).matches(), field, "must match " + PROPERTY);
        require(publish.variable() == null || VARIABLE.matcher(publish.variable()).matches(), field + ".variable", "must match " + VARIABLE);
        require(filled(publish.value()), field + ".value", "is missing");
        Matcher sources = SOURCE.matcher(publish.value());
        while (sources.find()) {
            String name = sources.group(2);
            require(switch (String.valueOf(sources.group(1))) {
                case "address" -> descriptor.addresses().stream().anyMatch(a -> a.id().equals(name));
                case "role" -> descriptor.role(name).isPresent();
                case "setting" -> descriptor.setting(name).isPresent();
                case "reported" -> !name.isEmpty();
                default -> sources.group().equals("${address}");
            }, field + ".value", sources.group() + " is none of ${address}, ${address:ID}, ${role:NAME}, ${setting:ID}, ${reported:NAME} with a name of the service's");
        }
    }

    private void setting(SettingSpec setting) {
        String field = "settings." + setting.id();
        require(setting.type() != null && SETTING_TYPES.contains(setting.type()), field + ".type", "must be one of " + SETTING_TYPES);
        pattern(field, setting.pattern());
        if (setting.defaultValue() != null) {
            try {
                SettingValues.check(setting, setting.defaultValue());
            } catch (ApiException e) {
                throw new IllegalArgumentException("service.json: " + field + ".defaultValue: " + e.getMessage(), e);
            }
        }
    }

    private void method(MethodSpec method) {
        String field = "methods." + method.name();
        require(method.verb() != null && VERBS.contains(method.verb()), field + ".verb", "must be one of " + VERBS);
        require(method.kind() != null && KINDS.contains(method.kind()), field + ".kind", "must be one of " + KINDS);
        unique(field + ".params", method.params(), ParamSpec::name);
        for (ParamSpec param : method.params()) {
            require(param.type() != null && PARAM_TYPES.contains(param.type()), field + ".params." + param.name() + ".type", "must be one of " + PARAM_TYPES);
            pattern(field + ".params." + param.name(), param.pattern());
            require(!param.secret() || method.verb().equals("POST") && method.kind().equals(CommonMethods.CHANGE), field + ".params." + param.name() + ".secret",
                    "is for changes by POST: the arguments of GET are in URLs");
        }
        require(!method.viewer() || method.verb().equals("GET") && !method.answersFile(), field + ".viewer", "is for GET, and not for files");
        if (method.command() != null) {
            command(method, method.command(), field + ".command");
        }
    }

    private void command(MethodSpec method, CommandSpec command, String field) {
        require(filled(command.name()), field + ".name", "is missing");
        require(command.form() != null && FORMS.contains(command.form()), field + ".form", "must be one of " + FORMS);
        Set<String> params = new HashSet<>();
        method.params().forEach(p -> params.add(p.name()));
        command.fixed().keySet().forEach(p -> require(params.contains(p), field + ".fixed." + p, "names no parameter of the method"));
        boolean computed = command.fixed().values().stream().anyMatch(v -> v.toString().contains("${"));
        command.arguments().forEach(a -> require(computed || params.contains(a), field + ".arguments." + a, "names no parameter of the method"));
    }

    private static void pattern(String field, String pattern) {
        try {
            if (pattern != null) {
                Pattern.compile(pattern);
            }
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("service.json: " + field + ".pattern: " + e.getDescription(), e);
        }
    }

    static <T> void unique(String field, List<T> list, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String id = name.apply(list.get(i));
            require(filled(id), field + "[" + i + "]", "has no name");
            require(seen.add(id), field + "." + id, "is there twice");
        }
    }

    private static boolean filled(String text) {
        return text != null && !text.isBlank();
    }

    static void require(boolean condition, String field, String why) {
        if (!condition) {
            throw new IllegalArgumentException("service.json: " + field + ": " + why);
        }
    }
}
