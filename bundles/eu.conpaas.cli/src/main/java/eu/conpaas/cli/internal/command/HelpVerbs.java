package eu.conpaas.cli.internal.command;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.Exit;
import eu.conpaas.cli.internal.Usage;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;
import java.util.List;
import java.util.Optional;

/** Usage texts and completion. */
final class HelpVerbs {
    private HelpVerbs() {
    }

    static List<Verb> all(Catalog catalog) {
        Verb help = Verb.of("help", "Show all commands, or those of a service, a type, an object, or one command.", call -> help(catalog, call))
                .optional("topic", "Service id, service type, object or command.");
        return List.of(help, help.named("usage"),
                Verb.of("completion", "Print a completion script: source <(conpaas completion bash)", call -> completion(catalog, call))
                        .arg("shell", "bash or zsh."));
    }

    private static int help(Catalog catalog, Call call) {
        call.terminal().out().print(call.arg("topic") == null ? catalog.usage() : topic(catalog, call.arg("topic")));
        return Exit.OK;
    }

    private static String topic(Catalog catalog, String topic) {
        Optional<ServiceDescriptor> type = catalog.cli().descriptors().find(topic);
        if (type.isPresent()) {
            return catalog.typeUsage(type.get());
        }
        if (ObjectVerbs.ALL.containsKey(topic)) {
            return catalog.objectUsage(topic);
        }
        Optional<Verb> verb = catalog.verb(topic);
        if (verb.isPresent()) {
            return Usage.of(verb.get());
        }
        String commands = ofTypes(catalog, topic);
        if (!commands.isEmpty()) {
            return commands;
        }
        return catalog.typeUsage(catalog.cli().session().descriptor(catalog.cli().session().service(topic).type()));
    }

    private static String ofTypes(Catalog catalog, String topic) {
        StringBuilder text = new StringBuilder();
        for (ServiceDescriptor type : catalog.cli().descriptors().all()) {
            Catalog.named(TypeVerbs.of(type, false), topic).ifPresent(v -> text.append(text.isEmpty() ? "" : "\n").append(type.id()).append(": ")
                    .append(Usage.of(v)));
        }
        return text.toString();
    }

    private static int completion(Catalog catalog, Call call) {
        if (!List.of("bash", "zsh").contains(call.arg("shell"))) {
            throw CliException.usage("There is no completion for " + call.arg("shell") + ".", "Choose bash or zsh.");
        }
        call.terminal().out().print(catalog.completion());
        return Exit.OK;
    }
}
