package eu.conpaas.cli.internal.command;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.ExportView;
import eu.conpaas.api.Operation;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;
import eu.conpaas.cli.internal.io.Moved;
import eu.conpaas.client.Exports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Commands that carry whole applications away and bring them back. */
final class TransferVerbs {
    private static final String FILE = "Where to write it; <application>.conpaas here if left out.";
    private static final String ID = "[a-z]+-[0-9a-f]{12}";

    private TransferVerbs() {
    }

    static List<Verb> all() {
        return List.of(
                Verb.of("export_application", "Write a whole application to one file, which is secret, while it serves on.", TransferVerbs::export)
                        .arg("aid", "Application id or name.").optional("file", FILE).waiting(),
                Verb.of("import_application", "Make an application of such a file (or of an export that the director still has).", TransferVerbs::importOne)
                        .arg("file", "The file, or the id of an export.").optional("name", "Name of the new application; the one it had if left out.")
                        .opt("-c --cloud", "CLOUD", "Where all services go; the clouds they were on if left out.").waiting(),
                Verb.of("list_exports", "List the exports the director has.", TransferVerbs::list),
                Verb.of("download_export", "Write an export to a file; what broke off before is gone on with.", TransferVerbs::download)
                        .arg("id", "Export id, see 'list_exports'.").optional("file", FILE),
                Verb.of("delete_export", "Have the director forget an export.", TransferVerbs::delete).arg("id", "Export id, see 'list_exports'."));
    }

    private static Exports exports(Call call) {
        return call.cli().session().director().exports();
    }

    private static int export(Call call) {
        ApplicationView application = call.cli().session().application(call.arg("aid"));
        Path target = target(call, application.name());
        if (call.options().plan()) {
            return Changes.plan(call, (plan, confirm) -> exports(call).begin(application.aid(), true));
        }
        Accepted accepted = exports(call).begin(application.aid(), false);
        if (!call.waits()) {
            Operation operation = accepted.operation();
            return Outcome.message(call, "Operation " + operation.id() + " makes the export; then see 'conpaas list_exports'.", operation);
        }
        Changes.await(call, accepted.operation().id());
        return written(call, exports(call).of(accepted.operation().id()), target);
    }

    /** Nothing that is there already is written over. */
    private static Path target(Call call, String application) {
        Path target = Path.of(call.arg("file") != null ? call.arg("file") : application.replaceAll("[^A-Za-z0-9._-]", "_") + ".conpaas");
        if (Files.exists(target) && !call.options().yes()) {
            throw CliException.usage(target + " is there already.", "Name another file, or say --yes to replace it.");
        }
        return target;
    }

    private static int written(Call call, ExportView export, Path target) {
        try (Moved moved = new Moved(call.terminal(), call.options().json(), "Download")) {
            exports(call).download(export, target, moved::show);
        }
        return Outcome.message(call, "Application " + export.application() + " is in " + target + " (" + Moved.text(export.size()) + ", SHA-256 " + export.sha256()
                + "). Keep it secret: it holds people's data and hashes of passwords.", Outcome.row("file", target.toString(), "export", export));
    }

    private static int importOne(Call call) {
        boolean here = !call.arg("file").matches(ID) || Files.exists(Path.of(call.arg("file")));
        ExportView export = here ? uploaded(call, LocalFile.readable(call.arg("file"))) : exports(call).get(call.arg("file"));
        boolean keep = !here;
        try {
            if (call.options().plan()) {
                return Changes.plan(call, (plan, confirm) -> exports(call).importAs(export.id(), call.arg("name"), call.opt("cloud"), true));
            }
            Operation operation = exports(call).importAs(export.id(), call.arg("name"), call.opt("cloud"), false).operation();
            keep |= !call.waits();
            Operation last = call.waits() ? Changes.await(call, operation.id()) : operation;
            return Outcome.message(call, call.waits() ? "Application " + last.aid() + " is there." : "Operation " + last.id() + " makes application " + last.aid() + ".",
                    Outcome.row("aid", last.aid(), "operation", last.id(), "state", last.state()));
        } finally {
            if (!keep) {
                forget(call, export);
            }
        }
    }

    private static void forget(Call call, ExportView export) {
        try {
            exports(call).delete(export.id());
        } catch (ApiException e) {
            call.terminal().err().println("Export " + export.id() + " stays with the director until it expires: " + e.error().cause());
        }
    }

    private static ExportView uploaded(Call call, Path file) {
        try (Moved moved = new Moved(call.terminal(), call.options().json(), "Upload")) {
            return exports(call).upload(file, moved::show);
        }
    }

    private static int list(Call call) {
        List<ExportView> exports = exports(call).list();
        return Outcome.table(call, exports, List.of("id", "application", "services", "size", "created", "expires"), exports.stream()
                .map(e -> Outcome.row("id", e.id(), "application", e.application(), "services", String.join(", ", e.services()),
                        "size", e.isReady() ? Moved.text(e.size()) : "being made", "created", e.created(), "expires", e.expires())).toList(), "No exports");
    }

    private static int download(Call call) {
        ExportView export = exports(call).get(call.arg("id"));
        if (!export.isReady()) {
            throw CliException.usage("Export " + export.id() + " is still being made.", "Wait for operation " + export.operation() + ".");
        }
        return written(call, export, target(call, export.application()));
    }

    private static int delete(Call call) {
        return Outcome.doneOrFailed(call, "", () -> {
            ExportView export = exports(call).get(call.arg("id"));
            exports(call).delete(export.id());
            return export;
        });
    }
}
