package eu.conpaas.cli.internal.command;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Published;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;
import eu.conpaas.cli.internal.remote.Session;
import eu.conpaas.client.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commands about manifests, and about what services of an application tell each other. */
final class ManifestVerbs {
    private static final String AID = "Application id or name.";
    private static final String FILE = "File with the manifest (JSON).";

    private ManifestVerbs() {
    }

    static List<Verb> all() {
        return List.of(
                Verb.of("manifest", "Make an application of a manifest; with --plan only check it and show what would be made.", ManifestVerbs::create)
                        .arg("file", FILE).waiting(),
                Verb.of("apply_manifest", "Make a running application be as a manifest says; with --plan only show the differences.", ManifestVerbs::apply)
                        .arg("aid", AID).arg("file", FILE).waiting(),
                Verb.of("download_manifest", "Print the manifest of an application as it is; its links to files are good for an hour.", ManifestVerbs::download)
                        .arg("aid", AID).opt("--secrets", null, "With the values of variables that look like secrets.")
                        .opt("--data", null, "With links to the data of running services, such as dumps of databases."),
                Verb.of("references", "List what a service's variables can refer to in the other services of its application.", ManifestVerbs::references)
                        .arg("sid", ServiceVerbs.SID));
    }

    private static String text(Call call) {
        try {
            return Files.readString(LocalFile.readable(call.arg("file")));
        } catch (IOException e) {
            throw CliException.usage("The file " + call.arg("file") + " is no text: " + e.getMessage() + ".", "Name a JSON file.");
        }
    }

    private static int create(Call call) {
        Manifests manifests = call.cli().session().director().manifests();
        String text = text(call);
        return carryOut(call, (plan, confirm) -> plan ? manifests.planCreate(text) : manifests.create(text, confirm));
    }

    private static int apply(Call call) {
        Session session = call.cli().session();
        String text = text(call);
        long aid = session.application(call.arg("aid")).aid();
        return carryOut(call, (plan, confirm) -> plan ? session.director().manifests().planUpdate(aid, text) : session.director().manifests().update(aid, text, confirm));
    }

    private static int carryOut(Call call, Changes.Request request) {
        if (call.options().plan()) {
            return Changes.plan(call, request);
        }
        return Outcome.doneOrFailed(call, "", () -> {
            Accepted accepted = Changes.accepted(call, request);
            Operation operation = Changes.awaitIfWanted(call, accepted);
            return Outcome.row("application", operation == null ? null : operation.aid(), "operation", operation == null ? null : operation.id(), "state",
                    operation == null ? Operation.State.DONE : operation.state());
        });
    }

    private static int download(Call call) {
        Session session = call.cli().session();
        return Outcome.json(call, session.director().manifests().download(session.application(call.arg("aid")).aid(), call.has("secrets"), call.has("data")));
    }

    private static int references(Call call) {
        Session session = call.cli().session();
        List<Published> published = session.director().services().references(session.service(call.arg("sid")).sid());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Published service : published) {
            for (String property : service.properties()) {
                rows.add(Outcome.row("reference", "${" + service.name() + "." + property + "}", "value", service.values().getOrDefault(property, "(not known yet)")));
            }
        }
        return Outcome.table(call, published, List.of("reference", "value"), rows, "No other service of the application publishes anything");
    }
}
