package eu.conpaas.cli.internal.grammar;

import eu.conpaas.cli.internal.CliException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns words into arguments and options of a verb. */
public final class Parser {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");
    private static final Set<String> SWITCHES = Options.ALL.stream().filter(Opt::isSwitch).flatMap(o -> o.names().stream())
            .collect(Collectors.toUnmodifiableSet());

    /** What was typed: values of arguments and options by name. */
    public record Parsed(List<String> positional, Map<String, String> options) {
        public Parsed {
            positional = List.copyOf(positional);
            options = Map.copyOf(options);
        }
    }

    private Parser() {
    }

    /** Global options before the command; all from the command on is {@code positional}. */
    public static Parsed leading(List<String> words) {
        CommandSpec spec = spec("conpaas", Options.ALL);
        spec.addPositional(PositionalParamSpec.builder().index("0..*").arity("0..*").type(List.class).auxiliaryTypes(String.class).build());
        spec.parser().stopAtPositional(true);
        return parse(spec, words);
    }

    /** The first word that is neither an option nor an option's value, or null; for verbs whose options depend on what it names. */
    public static String firstPositional(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("-") || NUMBER.matcher(word).matches()) {
                return word;
            }
            if (!SWITCHES.contains(word) && !word.contains("=")) {
                i++;
            }
        }
        return null;
    }

    /**
     * Arguments of a verb by name, and all options by key.
     *
     * @throws CliException if something is missing, unknown or too much
     */
    public static Call.Given given(Verb verb, List<String> words) {
        List<Opt> options = Stream.concat(verb.opts().stream(), Options.ALL.stream()).toList();
        CommandSpec spec = spec(verb.name(), options);
        spec.addPositional(PositionalParamSpec.builder().index("0..*").arity("0..*").type(List.class).auxiliaryTypes(String.class).build());
        spec.parser().unmatchedOptionsArePositionalParams(true);
        Parsed parsed = parse(spec, words);
        if (parsed.options.containsKey("help")) {
            return new Call.Given(Map.of(), List.of(), parsed.options);
        }
        List<String> positional = parsed.positional;
        for (String word : positional) {
            if (word.length() > 1 && word.startsWith("-") && !NUMBER.matcher(word).matches()) {
                throw wrong(verb, "Unknown option: " + word);
            }
        }
        Map<String, String> values = new HashMap<>();
        List<String> rest = new ArrayList<>();
        int i = 0;
        for (Arg arg : verb.args()) {
            if (arg.rest()) {
                rest.addAll(positional.subList(Math.min(i, positional.size()), positional.size()));
                i = positional.size();
                if (arg.required() && rest.isEmpty()) {
                    throw wrong(verb, "Missing argument: " + arg.name());
                }
            } else if (i < positional.size()) {
                values.put(arg.name(), positional.get(i++));
            } else if (arg.required()) {
                throw wrong(verb, "Missing argument: " + arg.name());
            }
        }
        if (i < positional.size()) {
            throw wrong(verb, "Unexpected argument: " + positional.get(i));
        }
        return new Call.Given(values, rest, parsed.options);
    }

    private static CliException wrong(Verb verb, String cause) {
        return CliException.usage(cause, "Usage: conpaas " + verb.usage());
    }

    private static Parsed parse(CommandSpec spec, List<String> words) {
        ParseResult result;
        try {
            result = new CommandLine(spec).setExpandAtFiles(false).parseArgs(words.toArray(String[]::new));
        } catch (ParameterException e) {
            throw CliException.usage(e.getMessage(), "See 'conpaas help'.");
        }
        Map<String, String> options = new HashMap<>();
        for (OptionSpec option : result.matchedOptions()) {
            options.put(option.names()[option.names().length - 1].replaceFirst("^-+", ""), String.valueOf((Object) option.getValue()));
        }
        List<String> positional = new ArrayList<>();
        result.matchedPositionals().forEach(p -> positional.addAll(p.stringValues()));
        return new Parsed(positional.isEmpty() ? result.unmatched() : positional, options);
    }

    /** A picocli command with these options; also what completion scripts are made from. */
    static CommandSpec spec(String name, List<Opt> options) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.parser().overwrittenOptionsAllowed(true);
        for (Opt opt : options) {
            OptionSpec.Builder option = OptionSpec.builder(opt.names().toArray(String[]::new)).description(opt.help());
            if (opt.isSwitch()) {
                option.type(boolean.class).arity("0");
            } else {
                option.type(String.class).arity("1").paramLabel(opt.label());
            }
            spec.addOption(option.build());
        }
        return spec;
    }
}
