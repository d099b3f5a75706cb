package eu.conpaas.cli.internal.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * One thing the command line can do. The same verb may stand in both grammars, {@code conpaas COMMAND …} and {@code conpaas OBJECT VERB …}.
 *
 * @param name   as typed
 * @param help   one sentence
 * @param args   positional arguments in order
 * @param opts   options besides the global ones
 * @param plans  whether it is a change that can be planned ({@code --plan})
 * @param waits  whether it waits for its operation unless told otherwise
 * @param action what it does
 */
public record Verb(String name, String help, List<Arg> args, List<Opt> opts, boolean plans, boolean waits, Action action) {

    /** What a verb does. */
    @FunctionalInterface
    public interface Action {
        /** @return an exit code, see {@link eu.conpaas.cli.internal.Exit} */
        int run(Call call);
    }

    /** A verb without arguments; add them with the methods below. */
    public static Verb of(String name, String help, Action action) {
        return new Verb(name, help, List.of(), List.of(), false, false, action);
    }

    public Verb arg(String argument, String argumentHelp) {
        return arg(new Arg(argument, true, false, argumentHelp));
    }

    public Verb optional(String argument, String argumentHelp) {
        return arg(new Arg(argument, false, false, argumentHelp));
    }

    public Verb arg(Arg argument) {
        return new Verb(name, help, with(args, argument), opts, plans, waits, action);
    }

    public Verb opt(String names, String label, String optionHelp) {
        return new Verb(name, help, args, with(opts, Opt.of(names, label, optionHelp)), plans, waits, action);
    }

    /** A change whose operation is not waited for. */
    public Verb change() {
        return new Verb(name, help, args, opts, true, false, action);
    }

    /** A change whose operation is waited for. */
    public Verb waiting() {
        return new Verb(name, help, args, opts, true, true, action);
    }

    public Verb named(String newName) {
        return new Verb(newName, help, args, opts, plans, waits, action);
    }

    /** Name and arguments; that there are options is only hinted at. */
    public String brief() {
        StringBuilder line = new StringBuilder(name);
        args.forEach(a -> line.append(' ').append(a.label()));
        return line.append(opts.isEmpty() ? "" : " [options]").toString();
    }

    /** Name, arguments and options in one line. */
    public String usage() {
        StringBuilder line = new StringBuilder(name);
        args.forEach(a -> line.append(' ').append(a.label()));
        opts.forEach(o -> line.append(" [").append(o.label("|")).append(']'));
        return line.toString();
    }

    private static <T> List<T> with(List<T> list, T item) {
        List<T> longer = new ArrayList<>(list);
        longer.add(item);
        return List.copyOf(longer);
    }
}
