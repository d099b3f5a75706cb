package eu.conpaas.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the rest of the system knows of a service type: read from the bundle's {@code service.json}, served at {@code GET /descriptors}.
 *
 * @param id          type id, as in {@code POST /start/<type>}
 * @param title       name for people
 * @param group       heading it stands under when a service is chosen
 * @param description one sentence
 * @param engine      products that do the work
 * @param roles       roles its agents have
 * @param ports       TCP ports its nodes listen on
 * @param packages    distribution ({@code debian}) to package names
 * @param settings    what users can set
 * @param methods     manager methods beyond the common ones
 * @param endpoints   addresses to show
 * @param metrics     what its agents measure
 * @param publishes   what a service of the type tells the others of its application
 * @param manifest    how manifests describe a service of the type; null: as every service, with its roles' ids as keys of StartupInstances
 * @param hasCode     whether it holds code versions
 * @param sharedFolder whether its nodes need a folder they all share
 * @param publicAddress whether it has an address of its own for as long as it lives; it leads to a node of the first role
 * @param addresses   further addresses it has for as long as it lives
 */
public record ServiceDescriptor(String id, String title, String group, String description, String engine, List<RoleSpec> roles,
        List<PortSpec> ports, Map<String, List<String>> packages, List<SettingSpec> settings, List<MethodSpec> methods,
        List<EndpointSpec> endpoints, List<MetricSpec> metrics,
        List<PublishSpec> publishes, ManifestSpec manifest, boolean hasCode, boolean sharedFolder, boolean publicAddress,
        List<AddressSpec> addresses) {

    public ServiceDescriptor {
        roles = roles == null ? List.of() : List.copyOf(roles);
        ports = ports == null ? List.of() : List.copyOf(ports);
        packages = packages == null ? Map.of() : Map.copyOf(packages);
        settings = settings == null ? List.of() : List.copyOf(settings);
        methods = methods == null ? List.of() : List.copyOf(methods);
        endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
        metrics = metrics == null ? List.of() : List.copyOf(metrics);
        publishes = publishes == null ? List.of() : List.copyOf(publishes);
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
    }

    /**
     * The parameter of a method by which the number of nodes of a role is given.
     *
     * @return the role's id, or {@code count} where the method has no such parameter because it counts the nodes of one role only
     */
    public String countParameter(String method, String role) {
        return method(method).filter(m -> m.params().stream().noneMatch(p -> p.name().equals(role))).isPresent() ? "count" : role;
    }

    /** All addresses a service of the type has where its cloud gives some: the public one, then the further ones. */
    public List<AddressSpec> allAddresses() {
        List<AddressSpec> all = new ArrayList<>();
        if (publicAddress && !roles.isEmpty()) {
            all.add(new AddressSpec(AddressSpec.PUBLIC, List.of(roles.getFirst().id()), "Where users come in."));
        }
        all.addAll(addresses);
        return all;
    }

    public Optional<RoleSpec> role(String roleId) {
        return roles.stream().filter(r -> r.id().equals(roleId)).findFirst();
    }

    public Optional<MethodSpec> method(String name) {
        return methods.stream().filter(m -> m.name().equals(name)).findFirst();
    }

    public Optional<SettingSpec> setting(String settingId) {
        return settings.stream().filter(s -> s.id().equals(settingId)).findFirst();
    }

    /**
     * A role.
     *
     * @param min     smallest counter
     * @param initial counter of a new service
     * @param max     largest counter
     */
    public record RoleSpec(String id, String title, int min, int initial, int max, String help) {
    }

    /** A TCP port. {@code from}: {@code public}, {@code service} (its own nodes) or {@code manager}. */
    public record PortSpec(int port, String role, String from, String help) {
    }

    /**
     * An address that is the service's until it is terminated and leads to one of its nodes.
     *
     * @param id    lower-case letters, digits and {@code _}
     * @param roles to a node with the first of these roles; while there is none, of the next
     */
    public record AddressSpec(String id, List<String> roles, String help) {
        /** Id of the public address. */
        public static final String PUBLIC = "public";

        public AddressSpec {
            roles = roles == null ? List.of() : List.copyOf(roles);
        }
    }

    /**
     * A setting.
     *
     * @param type    {@code text}, {@code integer}, {@code size} (digits with K, M or G), {@code boolean} (On or Off), {@code choice}, {@code list} (comma separated)
     * @param pattern regular expression a value must match whole, or null
     * @param choices offered values, may be empty
     */
    public record SettingSpec(String id, String title, String type, String defaultValue, String pattern, List<String> choices, String unit,
            String help) {
        public SettingSpec {
            choices = choices == null ? List.of() : List.copyOf(choices);
        }
    }

    /**
     * A method.
     *
     * @param verb    GET, POST or UPLOAD, as 1.3.1 spells it
     * @param kind    {@code change}: accepted by the director, becomes a plan and an operation; {@code query}: answered by the manager;
     *                {@code store}: answered by the director from what it stores (code versions, configuration)
     * @param help    one sentence
     * @param params  parameters
     * @param command how the command line offers it, or null
     * @param viewer  whether members of an application who may only look may call it: it changes nothing, and no secrets, code or data are in its answer
     */
    public record MethodSpec(String name, String verb, String kind, String help, List<ParamSpec> params, CommandSpec command, boolean viewer) {
        public MethodSpec {
            params = params == null ? List.of() : List.copyOf(params);
        }

        /** A method for those who may change the service. */
        public MethodSpec(String name, String verb, String kind, String help, List<ParamSpec> params, CommandSpec command) {
            this(name, verb, kind, help, params, command, false);
        }

        /** Whether it answers with a file instead of a JSON value. */
        public boolean answersFile() {
            return command != null && (command.form().equals("file") || command.form().equals("stream"));
        }
    }

    /**
     * A parameter.
     *
     * @param type   {@code integer}, {@code string}, {@code boolean}, {@code object}, {@code file}
     * @param secret whether its value is neither shown, logged nor stored: a command line asks for it without echo, errors do not repeat it, and a planner
     *               keeps at most what cannot be turned back into it, under a key of {@link DesiredState#SECRET}
     */
    public record ParamSpec(String name, String type, boolean required, String defaultValue, String pattern, String help, boolean secret) {
        /** A parameter that is no secret. */
        public ParamSpec(String name, String type, boolean required, String defaultValue, String pattern, String help) {
            this(name, type, required, defaultValue, pattern, help, false);
        }
    }

    /**
     * A command of the command line.
     *
     * @param name      1.3.1 name, such as {@code enable_code}
     * @param aliases   object-first verbs of 2.0.0, if different
     * @param arguments parameter names in positional order (the service id comes before them)
     * @param fixed     parameters always sent with these values; {@code ${argument}} is replaced
     * @param form      {@code message}, {@code lines}, {@code table}, {@code json}, {@code text}, {@code file} (the answer is a file, which is stored),
     *                  {@code stream} (the answer is a file, which goes to the standard output)
     * @param output    message with {@code ${field}} of answer or arguments; or the path of the list to print
     * @param columns   columns of a table
     */
    public record CommandSpec(String name, List<String> aliases, List<String> arguments, Map<String, Object> fixed, String form,
            String output, List<String> columns) {
        public CommandSpec {
            aliases = aliases == null ? List.of() : List.copyOf(aliases);
            arguments = arguments == null ? List.of() : List.copyOf(arguments);
            fixed = fixed == null ? Map.of() : Map.copyOf(fixed);
            columns = columns == null ? List.of() : List.copyOf(columns);
        }
    }

    /**
     * An address to show: {@code url} has {@code ${address}} (public address), {@code ${address:ID}} (a further one) or {@code ${role:NAME}} (each node of a
     * role) in it. What is only known
     * when the service runs, such as a port, is {@code ${info:FIELD}}: a field of what the type's method {@code info} answers; while the manager does not
     * answer, the address is not shown.
     */
    public record EndpointSpec(String id, String title, String url, String help) {
    }

    /**
     * A property that the other services of the application can refer to as {@code ${<service>.<name>}}.
     *
     * @param name     lower-case letters, digits and {@code _}
     * @param value    text in which {@code ${address}} (the public address, else that of the node users come in by), {@code ${address:ID}} (a further
     *                 address, else that of the node it would lead to), {@code ${role:NAME}} (address of the
     *                 first node of a role), {@code ${setting:ID}} (a setting's value in force) and {@code ${reported:NAME}} (what the manager reports) are
     *                 replaced; while one of them is not known the property has no value
     * @param variable environment variable of old that carries the value too, or null
     */
    public record PublishSpec(String name, String value, String variable, String help) {
    }

    /**
     * How a manifest describes a service of the type, beyond what is the same for all.
     *
     * @param instances keys of {@code StartupInstances}; empty: the roles' ids
     * @param fields    further keys, in the order they are carried out
     */
    public record ManifestSpec(List<InstanceSpec> instances, List<ManifestField> fields) {
        public ManifestSpec {
            instances = instances == null ? List.of() : List.copyOf(instances);
            fields = fields == null ? List.of() : List.copyOf(fields);
        }
    }

    /** A key of {@code StartupInstances}: the role's counter is its number plus the offset. */
    public record InstanceSpec(String key, String role, int offset) {
    }

    /**
     * A key of a service in a manifest.
     *
     * @param name    the key
     * @param type    {@code url} (what it leads to is fetched and handed on as {@code ${file}}), {@code text}, {@code secret}, {@code object}
     * @param running whether the service must run for it; otherwise it is carried out before the start
     * @param initial whether it is for a new service only and left alone when a manifest is applied again
     * @param current where the present value is, to compare and to download: {@code settings}, {@code environment}, {@code code} (the active code version),
     *                {@code method:NAME} (a GET method that answers the file), or null: nowhere
     * @param calls   methods called, in order
     */
    public record ManifestField(String name, String type, boolean running, boolean initial, String current, List<CallSpec> calls, String help) {
        public ManifestField {
            calls = calls == null ? List.of() : List.copyOf(calls);
        }
    }

    /**
     * A call of a method.
     *
     * @param arguments in which {@code ${value}} (the key's value; {@code ${value.NAME}} of an object), {@code ${file}} (what was fetched) and {@code ${FIELD}} (a field of the answer of the
     *                  call before) stand for values
     */
    public record CallSpec(String method, Map<String, Object> arguments) {
        public CallSpec {
            arguments = arguments == null ? Map.of() : Map.copyOf(arguments);
        }
    }

    /** A metric. */
    public record MetricSpec(String id, String title, String unit, String role) {
    }
}
