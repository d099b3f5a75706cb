package eu.conpaas.cli.internal;

import eu.conpaas.cli.internal.grammar.Arg;
import eu.conpaas.cli.internal.grammar.Opt;
import eu.conpaas.cli.internal.grammar.Options;
import eu.conpaas.cli.internal.grammar.Verb;
import java.util.ArrayList;
import java.util.List;

/** Usage texts. */
public final class Usage {
    private static final int WIDE = 42;

    private Usage() {
    }

    /** All about one verb. */
    public static String of(Verb verb) {
        StringBuilder text = new StringBuilder("Usage: conpaas " + verb.usage() + "\n\n" + verb.help() + "\n");
        List<String[]> rows = new ArrayList<>();
        for (Arg arg : verb.args()) {
            rows.add(new String[] {arg.label(), arg.help()});
        }
        for (Opt opt : verb.opts()) {
            rows.add(new String[] {opt.label(", "), opt.help()});
        }
        if (!rows.isEmpty()) {
            text.append('\n');
            rows.forEach(row -> text.append(row(row[0], row[1])));
        }
        return text.append("\nOptions of every command\n").append(globalOptions()).toString();
    }

    /** A heading with verbs under it. */
    public static String section(String heading, List<Verb> verbs) {
        StringBuilder text = new StringBuilder("\n" + heading + "\n");
        verbs.forEach(verb -> text.append(row(verb.brief(), verb.help())));
        return text.toString();
    }

    /** The global options, one a line. */
    public static String globalOptions() {
        StringBuilder text = new StringBuilder();
        Options.ALL.forEach(opt -> text.append(row(opt.label(", "), opt.help())));
        return text.toString();
    }

    /** One line: what is typed, and what it does. */
    public static String row(String left, String right) {
        String gap = left.length() < WIDE ? " ".repeat(WIDE - left.length()) : "\n" + " ".repeat(WIDE + 2);
        return ("  " + left + gap + " " + right).stripTrailing() + "\n";
    }
}
