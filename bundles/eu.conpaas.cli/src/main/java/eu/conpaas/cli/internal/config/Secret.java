package eu.conpaas.cli.internal.config;

import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;

/** Where a password comes from: standard input, the environment, or the terminal. It is never written anywhere. */
final class Secret {
    static final String VARIABLE = "CONPAAS_PASSWORD";
    static final String OPTION = "password-stdin";

    private Secret() {
    }

    static Verb option(Verb verb) {
        return verb.opt("--" + OPTION, null, "Read the password from standard input.");
    }

    /** Whether it comes from elsewhere than a person. */
    static boolean isGiven(Call call) {
        return call.has(OPTION) || call.terminal().environment(VARIABLE) != null;
    }

    /** @throws CliException (usage) if it is not given and nobody can be asked */
    static String read(Call call, String prompt) {
        if (call.has(OPTION)) {
            return call.terminal().line();
        }
        String variable = call.terminal().environment(VARIABLE);
        if (variable != null) {
            return variable;
        }
        if (!call.terminal().isInteractive()) {
            throw CliException.usage("The password is not given.", "Set " + VARIABLE + ", use --" + OPTION + ", or run the command on a terminal.");
        }
        return call.terminal().askHidden(prompt);
    }
}
