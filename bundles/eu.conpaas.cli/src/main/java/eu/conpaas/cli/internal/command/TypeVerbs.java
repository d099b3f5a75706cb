package eu.conpaas.cli.internal.command;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.CommandSpec;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceDescriptor.ParamSpec;
import eu.conpaas.api.ServiceDescriptor.RoleSpec;
import eu.conpaas.api.ServiceDescriptor.SettingSpec;
import eu.conpaas.cli.internal.Usage;
import eu.conpaas.cli.internal.grammar.Verb;
import java.util.ArrayList;
import java.util.List;

/** Verbs of one service type, made from its descriptor. */
final class TypeVerbs {
    static final String ADD = "add_nodes";
    static final String REMOVE = "remove_nodes";

    private TypeVerbs() {
    }

    /** @param objectForm whether names of 2.0.0 are offered beside those of 1.3.1, and node commands take options and wait */
    static List<Verb> of(ServiceDescriptor type, boolean objectForm) {
        List<Verb> verbs = new ArrayList<>();
        if (!type.roles().isEmpty()) {
            verbs.add(NodeVerbs.scale(type, ADD, objectForm));
            verbs.add(NodeVerbs.scale(type, REMOVE, objectForm));
        }
        for (MethodSpec method : type.methods()) {
            if (method.command() != null && !isCommon(method.name())) {
                Verb verb = verb(method);
                verbs.add(verb);
                if (objectForm) {
                    method.command().aliases().forEach(alias -> verbs.add(verb.named(alias)));
                }
            }
        }
        return List.copyOf(verbs);
    }

    /** Whether the verb is one of every service, which only asks the descriptor for details. */
    private static boolean isCommon(String name) {
        return name.equals(ADD) || name.equals(REMOVE) || name.equals(ServiceInfo.INFO);
    }

    private static Verb verb(MethodSpec method) {
        CommandSpec command = method.command();
        Verb verb = Verb.of(command.name(), method.help(), call -> new MethodCall(call, method).run()).arg("sid", ServiceVerbs.SID);
        for (String argument : command.arguments()) {
            ParamSpec param = param(method, argument);
            String help = param == null || param.help() == null ? "" : param.help();
            String name = param != null && param.type().equals("file") ? "file" : argument;
            verb = param == null || param.required() && !param.secret() ? verb.arg(name, help) : verb.optional(name, help);
            if (param != null && param.secret()) {
                verb = Hidden.option(verb, param);
            }
        }
        for (ParamSpec param : method.params()) {
            if (!command.arguments().contains(param.name()) && !command.fixed().containsKey(param.name())) {
                verb = verb.opt("--" + param.name(), param.type().toUpperCase(java.util.Locale.ROOT), param.help() == null ? "" : param.help());
            }
        }
        if (method.answersFile()) {
            verb = verb.opt("-o --output", "FILE", "Write it there instead of " + (command.form().equals("file") ? "into $TMPDIR." : "to the standard output."));
        }
        return method.kind().equals("change") ? verb.waiting() : verb;
    }

    /** The parameter with this name, or null. */
    static ParamSpec param(MethodSpec method, String name) {
        return method.params().stream().filter(p -> p.name().equals(name)).findFirst().orElse(null);
    }

    /** Roles and settings of the type, for its usage text. */
    static String facts(ServiceDescriptor type) {
        StringBuilder text = new StringBuilder();
        if (!type.roles().isEmpty()) {
            text.append("\nRoles\n");
            for (RoleSpec role : type.roles()) {
                text.append(Usage.row(role.id() + " (" + role.min() + " to " + role.max() + ", at first " + role.initial() + ")", role.help()));
            }
        }
        if (!type.settings().isEmpty()) {
            text.append("\nSettings\n");
            for (SettingSpec setting : type.settings()) {
                text.append(Usage.row(setting.id() + " = " + shortened(setting.defaultValue()), setting.help()));
            }
        }
        if (!type.publishes().isEmpty()) {
            text.append("\nTold to the other services of the application (see 'references')\n");
            type.publishes().forEach(p -> text.append(Usage.row(p.name() + (p.variable() == null ? "" : ", " + p.variable()), p.help())));
        }
        if (type.manifest() != null && !type.manifest().fields().isEmpty()) {
            text.append("\nKeys in a manifest, beside those of every service\n");
            type.manifest().fields().forEach(f -> text.append(Usage.row(f.name(), f.help())));
        }
        return text.toString();
    }

    private static String shortened(String value) {
        return value == null ? "" : value.length() > 24 ? value.substring(0, 23) + "…" : value;
    }
}
