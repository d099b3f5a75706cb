package eu.conpaas.cli.internal.command;

import eu.conpaas.api.ServiceDescriptor.ParamSpec;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;

/** A method's secret argument that is not on the command line: from standard input, or asked for twice without echo. */
final class Hidden {
    private Hidden() {
    }

    static Verb option(Verb verb, ParamSpec param) {
        return verb.opt("--" + option(param), null, "Read the " + param.name() + " from standard input.");
    }

    /** @throws CliException (usage) if it is not given and nobody can be asked, or the two answers differ */
    static String read(Call call, ParamSpec param) {
        if (call.has(option(param))) {
            return call.terminal().line();
        }
        if (!call.terminal().isInteractive()) {
            throw CliException.usage("The " + param.name() + " is not given.", "Use --" + option(param) + ", or run the command on a terminal.");
        }
        String answer = call.terminal().askHidden("Enter the " + param.name() + ": ");
        if (!answer.equals(call.terminal().askHidden("Repeat it: "))) {
            throw CliException.usage("The two are not the same.", "Try again.");
        }
        return answer;
    }

    private static String option(ParamSpec param) {
        return param.name() + "-stdin";
    }
}
