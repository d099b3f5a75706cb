package eu.conpaas.cli.internal.command;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The second grammar, object first: the same verbs under the names of 2.0.0, waiting for what they start. */
final class ObjectVerbs {
    /** Verbs of each object that is not a service type. */
    static final Map<String, List<Verb>> ALL = all();

    private ObjectVerbs() {
    }

    private static Map<String, List<Verb>> all() {
        Map<String, List<Verb>> objects = new LinkedHashMap<>();
        objects.put("director", List.of(pick(AccountVerbs.all(), "version", "version"), pick(AccountVerbs.all(), "audit", "audit")));
        objects.put("user", AccountVerbs.ofUser());
        objects.put("cloud", List.of(pick(AccountVerbs.all(), "clouds", "list"), pick(OperationVerbs.all(), "nodes", "list_resources"),
                pick(OperationVerbs.all(), "resources", "list_all_resources"), pick(AccountVerbs.all(), "cloud_info", "get_info")));
        List<Verb> application = new ArrayList<>(List.of(pick(ApplicationVerbs.all(), "createapp", "create"), pick(ApplicationVerbs.all(), "listapp", "list"),
                pick(ApplicationVerbs.all(), "renameapp", "rename"), pick(ApplicationVerbs.all(), "deleteapp", "delete"),
                pick(TransferVerbs.all(), "export_application", "export"), pick(TransferVerbs.all(), "import_application", "import"),
                Verb.of("start", "Start all services of an application.", WholeApplication::start).arg("application", "Application id or name.")
                        .opt("-c --cloud", "CLOUD", ServiceVerbs.CLOUD).waiting(),
                Verb.of("stop", "Stop all services of an application.", WholeApplication::stop).arg("application", "Application id or name.").waiting(),
                pick(ManifestVerbs.all(), "manifest", "manifest"), pick(ManifestVerbs.all(), "apply_manifest", "apply_manifest"),
                pick(ManifestVerbs.all(), "download_manifest", "get_manifest"),
                Verb.of("get_info", "Show an application and its services.", ApplicationVerbs::info).arg("aid", "Application id or name."),
                Verb.of("get_log", "Show the logs of all managers of an application.", WholeApplication::logs)
                        .arg("application", "Application id or name.")));
        application.addAll(MemberVerbs.all());
        objects.put("application", List.copyOf(application));
        List<Verb> service = new ArrayList<>();
        service.add(Verb.of("add", "Make a service.", ServiceVerbs.create().action()).arg("type", "Service type.").arg("aid", "Application id or name.")
                .opt("-c --cloud", "CLOUD", ServiceVerbs.CLOUD).waiting());
        service.add(pick(AccountVerbs.all(), "available", "get_types"));
        service.addAll(ofEveryService());
        objects.put("service", List.copyOf(service));
        return Collections.unmodifiableMap(objects);
    }

    /** Verbs of a service type: those of every service and its own. */
    static List<Verb> ofType(ServiceDescriptor type) {
        Map<String, Verb> verbs = new LinkedHashMap<>();
        Verb create = ServiceVerbs.create();
        verbs.put("add", Verb.of("add", "Make a " + type.title() + " service.", call -> create.action().run(withType(call, type.id())))
                .arg("aid", "Application id or name.").opt("-c --cloud", "CLOUD", ServiceVerbs.CLOUD).waiting());
        ofEveryService().forEach(v -> verbs.put(v.name(), v));
        TypeVerbs.of(type, true).forEach(v -> verbs.put(v.name(), v));
        return List.copyOf(verbs.values());
    }

    private static Call withType(Call call, String type) {
        Map<String, String> arguments = new LinkedHashMap<>(call.given().arguments());
        arguments.put("type", type);
        return new Call(call.cli(), call.verb(),
                new Call.Given(arguments, call.given().rest(), call.given().options()), call.options());
    }

    private static List<Verb> ofEveryService() {
        List<Verb> common = ServiceVerbs.all();
        return List.of(
                Verb.of("list", "List services.", pick(common, "list", "list").action()).opt("-a --application", "APP", "Of this application only."),
                Verb.of("start", "Start a service.", pick(common, "start", "start").action()).arg("sid", ServiceVerbs.SID)
                        .opt("-c --cloud", "CLOUD", ServiceVerbs.CLOUD).waiting(),
                pick(common, "stop", "stop").waiting(), pick(common, "info", "get_info"),
                Verb.of("get_state", "Show the state of a service.", ServiceVerbs::state).arg("sid", ServiceVerbs.SID),
                pick(common, "logs", "get_log"), OperationVerbs.history(), pick(common, "rename", "rename"),
                Verb.of("remove", "End a service for good, from every state.", ServiceVerbs::remove).arg("sid", ServiceVerbs.SID).waiting(),
                OperationVerbs.listNodes(), LogVerbs.agentLogs(), LogVerbs.agentLog(), LogVerbs.search(),
                Verb.of("get_script", "Show the start-up script.", ServiceVerbs::showScript).arg("sid", ServiceVerbs.SID),
                pick(common, "startup_script", "set_script"));
    }

    private static Verb pick(List<Verb> verbs, String name, String newName) {
        return verbs.stream().filter(v -> v.name().equals(name)).findFirst()
                .orElseThrow(() -> CliException.usage("no verb " + name, "")).named(newName);
    }
}
