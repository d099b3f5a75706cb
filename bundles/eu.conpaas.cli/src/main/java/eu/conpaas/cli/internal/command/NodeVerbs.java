package eu.conpaas.cli.internal.command;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceDescriptor.ParamSpec;
import eu.conpaas.api.ServiceDescriptor.RoleSpec;
import eu.conpaas.api.ServiceView;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adding and removing nodes, for every type alike: numbers in the documented order, or one option per role. */
final class NodeVerbs {
    private static final String COUNT = "count";
    private static final String CLOUD = "cloud";

    private NodeVerbs() {
    }

    static Verb scale(ServiceDescriptor type, String method, boolean objectForm) {
        List<String> counters = counters(type, method);
        List<String> others = others(type, method);
        boolean adds = method.equals(TypeVerbs.ADD);
        Verb verb = Verb.of(method, adds ? "Add nodes." : "Remove nodes.", call -> run(call, type, method, counters, others)).arg("sid", ServiceVerbs.SID);
        for (String counter : counters) {
            String help = "How many " + title(type, counter) + " nodes to " + (adds ? "add." : "remove.");
            verb = objectForm ? verb.optional(counter, help) : verb.arg(counter, help);
        }
        for (String other : others) {
            verb = verb.optional(other, help(type, method, other));
        }
        if (!objectForm) {
            return verb.change();
        }
        for (String counter : counters) {
            verb = verb.opt("--" + counter, "N", "How many " + title(type, counter) + " nodes.");
        }
        for (String other : others) {
            verb = other.equals(CLOUD) ? verb.opt("-c --cloud", "CLOUD", ServiceVerbs.CLOUD)
                    : verb.opt("--" + other, other.toUpperCase(java.util.Locale.ROOT), help(type, method, other));
        }
        return verb.waiting();
    }

    /** The numbers in order: as the descriptor's command says, else the roles as they stand there; a single role is called count. */
    private static List<String> counters(ServiceDescriptor type, String method) {
        Optional<MethodSpec> own = own(type, method);
        if (own.isPresent()) {
            return own.get().command().arguments().stream().filter(a -> isNumber(own.get(), a)).toList();
        }
        return type.roles().size() == 1 ? List.of(COUNT) : type.roles().stream().map(RoleSpec::id).toList();
    }

    /** What may follow the numbers. */
    private static List<String> others(ServiceDescriptor type, String method) {
        Optional<MethodSpec> own = own(type, method);
        if (own.isPresent()) {
            return own.get().command().arguments().stream().filter(a -> !isNumber(own.get(), a)).toList();
        }
        return method.equals(TypeVerbs.ADD) ? List.of(CLOUD) : List.of();
    }

    private static Optional<MethodSpec> own(ServiceDescriptor type, String method) {
        return type.method(method).filter(m -> m.command() != null);
    }

    private static boolean isNumber(MethodSpec method, String argument) {
        ParamSpec param = TypeVerbs.param(method, argument);
        return param != null && param.type().equals("integer");
    }

    private static String help(ServiceDescriptor type, String method, String argument) {
        return own(type, method).map(m -> TypeVerbs.param(m, argument)).map(ParamSpec::help).orElse(ServiceVerbs.CLOUD);
    }

    private static String title(ServiceDescriptor type, String counter) {
        return type.role(counter).map(RoleSpec::id).orElse(type.roles().getFirst().id());
    }

    private static int run(Call call, ServiceDescriptor type, String method, List<String> counters, List<String> others) {
        Map<String, Object> params = new LinkedHashMap<>();
        for (String counter : counters) {
            String value = call.opt(counter) != null ? call.opt(counter) : call.arg(counter);
            if (value != null) {
                params.put(counter, Call.number(counter, value));
            }
        }
        if (params.isEmpty()) {
            throw CliException.usage("Missing argument: a number of nodes for at least one of " + String.join(", ", counters) + ".",
                    "Usage: conpaas " + call.verb().usage());
        }
        for (String other : others) {
            String value = call.opt(other) != null ? call.opt(other) : call.arg(other);
            if (value != null || other.equals(CLOUD)) {
                params.put(other, value == null ? "default" : value);
            }
        }
        ServiceView service = call.cli().session().service(call.arg("sid"));
        if (!service.type().equals(type.id())) {
            throw CliException.usage("Service " + service.sid() + " is of type " + service.type() + ", not " + type.id() + ".",
                    "Use 'conpaas " + service.type() + " " + method + "'.");
        }
        return ServiceVerbs.change(call, service, method, params,
                "Service " + service.sid() + " is performing the requested operation (" + method + ")");
    }
}
