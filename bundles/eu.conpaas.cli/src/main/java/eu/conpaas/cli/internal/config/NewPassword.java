package eu.conpaas.cli.internal.config;

import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;

/** A password that is chosen: a line of standard input, or asked for twice without echo. */
public final class NewPassword {
    private NewPassword() {
    }

    /** The option with which it is read from standard input. */
    public static Verb option(Verb verb) {
        return Secret.option(verb);
    }

    /** The present one first, where it is needed. */
    public static String present(Call call) {
        return Secret.read(call, "Enter your present password: ");
    }

    /** Whether it comes from standard input. */
    public static boolean isGiven(Call call) {
        return call.has(Secret.OPTION);
    }

    /** @throws CliException (usage) if it is not given and nobody can be asked, or the two answers differ */
    public static String read(Call call) {
        if (isGiven(call)) {
            return call.terminal().line();
        }
        if (!call.terminal().isInteractive()) {
            throw CliException.usage("The new password is not given.", "Use --" + Secret.OPTION + ", or run the command on a terminal.");
        }
        String answer = call.terminal().askHidden("Choose a new password: ");
        if (!answer.equals(call.terminal().askHidden("Repeat it: "))) {
            throw CliException.usage("The two are not the same.", "Try again.");
        }
        return answer;
    }
}
