package eu.conpaas.cli.internal.command;

import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.cli.internal.Cli;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.Usage;
import eu.conpaas.cli.internal.grammar.Completion;
import eu.conpaas.cli.internal.grammar.Parser;
import eu.conpaas.cli.internal.grammar.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All verbs, in both grammars. Those of a service type are made from its descriptor, and only when one of that type is asked for.
 */
public final class Catalog {
    private final Cli cli;
    private final Map<String, List<Verb>> sections = new LinkedHashMap<>();

    /**
     * What the words stand for.
     *
     * @param verb  the verb, or null if they ask for a text
     * @param label the verb with its object, as typed
     * @param words what comes after it
     * @param text  the text asked for, or null
     */
    public record Found(Verb verb, String label, List<String> words, String text) {
        public boolean isHelp() {
            return verb == null;
        }
    }

    public Catalog(Cli cli) {
        this.cli = cli;
        sections.put("Sign-in and account", AccountVerbs.all());
        sections.put("Applications", ApplicationVerbs.all());
        sections.put("Applications as files", TransferVerbs.all());
        sections.put("Manifests", ManifestVerbs.all());
        sections.put("Services", ServiceVerbs.all());
        sections.put("Nodes and changes under way", OperationVerbs.all());
        sections.put("Help", HelpVerbs.all(this));
    }

    /** @throws CliException (usage) if there is no such command */
    public Found find(List<String> words) {
        String first = words.getFirst();
        List<String> rest = words.subList(1, words.size());
        Optional<Verb> global = named(global(), first);
        if (global.isPresent()) {
            return new Found(global.get(), first, rest, null);
        }
        if (ObjectVerbs.ALL.containsKey(first) || cli.descriptors().find(first).isPresent()) {
            return objectVerb(first, rest);
        }
        return typeVerb(first, rest, false, first)
                .orElseThrow(() -> CliException.usage("There is no command '" + first + "'.", "See 'conpaas help'." + similar(first)));
    }

    private Found objectVerb(String object, List<String> words) {
        if (words.isEmpty()) {
            throw CliException.usage("'" + object + "' needs a verb.", objectUsage(object).strip());
        }
        if (words.getFirst().equals("-h") || words.getFirst().equals("--help") || words.getFirst().equals("help")) {
            return new Found(null, object, List.of(), objectUsage(object));
        }
        String name = words.getFirst();
        List<String> rest = words.subList(1, words.size());
        String label = object + " " + name;
        Optional<Verb> verb = named(objectVerbs(object), name);
        if (verb.isPresent()) {
            return new Found(verb.get(), label, rest, null);
        }
        if (object.equals("service")) {
            Optional<Found> typed = typeVerb(name, rest, true, label);
            if (typed.isPresent()) {
                return typed.get();
            }
        }
        throw CliException.usage("'" + object + "' has no verb '" + name + "'.", "See 'conpaas " + object + " -h'.");
    }

    /** A verb that depends on the type of the service that the first argument names. */
    private Optional<Found> typeVerb(String name, List<String> words, boolean objectForm, String label) {
        List<ServiceDescriptor> offering = cli.descriptors().all().stream().filter(d -> named(TypeVerbs.of(d, objectForm), name).isPresent()).toList();
        if (offering.isEmpty()) {
            return Optional.empty();
        }
        String service = Parser.firstPositional(words);
        if (service == null) {
            String usage = String.join("\n", offering.stream().map(d -> d.id() + ": conpaas "
                    + named(TypeVerbs.of(d, objectForm), name).orElseThrow().named(label).usage()).toList());
            if (words.contains("-h") || words.contains("--help")) {
                return Optional.of(new Found(null, label, List.of(), usage + "\n"));
            }
            throw CliException.usage("Missing argument: sid", usage);
        }
        String type = cli.session().service(service).type();
        Verb verb = named(TypeVerbs.of(cli.session().descriptor(type), objectForm), name)
                .orElseThrow(() -> CliException.refused(ErrorCode.NOT_FOUND, "A service of type " + type + " has no command '" + name + "'.",
                        "See 'conpaas help " + type + "'."));
        return Optional.of(new Found(verb, label, words, null));
    }

    private String similar(String word) {
        List<String> near = global().stream().map(Verb::name).filter(n -> n.startsWith(word) || word.startsWith(n)).toList();
        return near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
    }

    private List<Verb> global() {
        return sections.values().stream().flatMap(List::stream).toList();
    }

    static Optional<Verb> named(List<Verb> verbs, String name) {
        return verbs.stream().filter(v -> v.name().equals(name)).findFirst();
    }

    private List<Verb> objectVerbs(String object) {
        List<Verb> known = ObjectVerbs.ALL.get(object);
        return known != null ? known : ObjectVerbs.ofType(cli.descriptors().find(object).orElseThrow());
    }

    /** The general usage text. */
    public String usage() {
        StringBuilder text = new StringBuilder("Usage: conpaas COMMAND [arguments]\n       conpaas OBJECT VERB [arguments]\n");
        sections.forEach((heading, verbs) -> text.append(Usage.section(heading, verbs)));
        text.append("\nObjects (see 'conpaas OBJECT -h')\n");
        ObjectVerbs.ALL.forEach((object, verbs) -> text.append(Usage.row(object, String.join(", ", verbs.stream().map(Verb::name).toList()))));
        text.append("\nService types (see 'conpaas help TYPE')\n");
        cli.descriptors().all().forEach(d -> text.append(Usage.row(d.id(), d.description())));
        return text.append("\nOptions of every command\n").append(Usage.globalOptions()).toString();
    }

    /** The usage text of an object. */
    public String objectUsage(String object) {
        return "Usage: conpaas " + object + " VERB [arguments]\n" + Usage.section("Verbs", objectVerbs(object).stream()
                .map(v -> v.named(object + " " + v.name())).toList());
    }

    /** The usage text of a service type. */
    public String typeUsage(ServiceDescriptor type) {
        StringBuilder text = new StringBuilder(type.title() + " (" + type.id() + "): " + type.description() + "\n");
        text.append(Usage.section("Commands of every service", ServiceVerbs.all()));
        text.append(Usage.section("Commands of " + type.id() + " services", TypeVerbs.of(type, false)));
        text.append(TypeVerbs.facts(type));
        return text.append("\nThe same with names instead of ids: 'conpaas ").append(type.id()).append(" -h'.\n").toString();
    }

    /** A verb of the first grammar, for its own usage text. */
    public Optional<Verb> verb(String name) {
        return named(global(), name);
    }

    public Cli cli() {
        return cli;
    }

    /** A script for bash or zsh. */
    public String completion() {
        List<Verb> verbs = new ArrayList<>(global());
        Map<String, List<Verb>> objects = new LinkedHashMap<>(ObjectVerbs.ALL);
        for (ServiceDescriptor type : cli.descriptors().all()) {
            verbs.addAll(TypeVerbs.of(type, false));
            objects.put(type.id(), ObjectVerbs.ofType(type));
        }
        return Completion.script(verbs, objects);
    }
}
