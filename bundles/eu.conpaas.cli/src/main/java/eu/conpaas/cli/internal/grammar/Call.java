package eu.conpaas.cli.internal.grammar;

import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.Cli;
import eu.conpaas.cli.internal.io.Terminal;
import java.util.List;
import java.util.Map;

/** A verb with what was typed after it, on its way to be carried out. */
public record Call(Cli cli, Verb verb, Given given, Options options) {

    /**
     * What was typed.
     *
     * @param arguments by name
     * @param rest      words of the last argument, if it takes all that follow
     * @param options   by key
     */
    public record Given(Map<String, String> arguments, List<String> rest, Map<String, String> options) {
        public Given {
            arguments = Map.copyOf(arguments);
            rest = List.copyOf(rest);
            options = Map.copyOf(options);
        }
    }

    /** An argument, or null if it was left out. */
    public String arg(String name) {
        return given.arguments().get(name);
    }

    /** An option's value, or null. */
    public String opt(String key) {
        return given.options().get(key);
    }

    public boolean has(String key) {
        return given.options().containsKey(key);
    }

    /** @throws CliException (usage) if the argument is not a number */
    public long number(String name) {
        return number(name, arg(name));
    }

    /** @throws CliException (usage) if the text is not a number */
    public static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw CliException.usage(name + " is '" + text + "', not a number.", "Give a whole number.");
        }
    }

    /** Whether to wait for the operation. */
    public boolean waits() {
        return options.has("wait") || verb.waits() && !options.has("no-wait");
    }

    public Terminal terminal() {
        return cli.terminal();
    }

    /** Prints a line of the result. */
    public void print(String line) {
        terminal().out().println(line);
    }
}
