package eu.conpaas.cli.internal.grammar;

import java.util.List;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completion scripts for bash and zsh, made from all verbs of both grammars. */
public final class Completion {
    private Completion() {
    }

    /**
     * A script to be sourced by the shell.
     *
     * @param verbs   verbs of the first grammar
     * @param objects verbs of each object
     */
    public static String script(List<Verb> verbs, Map<String, List<Verb>> objects) {
        CommandSpec root = Parser.spec("conpaas", Options.ALL);
        verbs.forEach(v -> add(root, v));
        objects.forEach((object, its) -> {
            CommandSpec spec = Parser.spec(object, Options.ALL);
            its.forEach(v -> add(spec, v));
            root.addSubcommand(object, spec);
        });
        return AutoComplete.bash("conpaas", new CommandLine(root));
    }

    private static void add(CommandSpec parent, Verb verb) {
        if (parent.subcommands().containsKey(verb.name())) {
            return;
        }
        CommandSpec spec = Parser.spec(verb.name(), java.util.stream.Stream.concat(verb.opts().stream(), Options.ALL.stream()).toList());
        int index = 0;
        for (Arg arg : verb.args()) {
            Class<?> type = arg.name().equals("file") ? java.io.File.class : String.class;
            spec.addPositional(PositionalParamSpec.builder().index(arg.rest() ? index + "..*" : String.valueOf(index))
                    .arity(arg.rest() ? "0..*" : "0..1").paramLabel(arg.name()).type(arg.rest() ? List.class : type)
                    .auxiliaryTypes(type).build());
            index++;
        }
        parent.addSubcommand(verb.name(), spec);
    }
}
