package eu.conpaas.cli.internal.command;

import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.MemberRole;
import eu.conpaas.api.ServiceView;
import eu.conpaas.cli.internal.Exit;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;
import eu.conpaas.cli.internal.remote.Session;
import java.util.List;
import java.util.Locale;

/** Commands about applications. */
final class ApplicationVerbs {
    private static final String AID = "Application id or name.";

    private ApplicationVerbs() {
    }

    static List<Verb> all() {
        return List.of(
                Verb.of("listapp", "List your applications.", ApplicationVerbs::list),
                Verb.of("createapp", "Make an application.", ApplicationVerbs::create).arg("name", "Name of the new application."),
                Verb.of("renameapp", "Rename an application.", ApplicationVerbs::rename).arg("aid", AID).arg("newname", "Its new name."),
                Verb.of("deleteapp", "Delete an application with all its services.", ApplicationVerbs::delete).arg("aid", AID));
    }

    private static int list(Call call) {
        List<ApplicationView> applications = call.cli().session().director().applications();
        boolean shared = applications.stream().anyMatch(a -> a.role() != MemberRole.OWNER);
        return Outcome.table(call, applications, shared ? List.of("aid", "name", "owner", "role") : List.of("aid", "name"),
                applications.stream().map(a -> Outcome.row("aid", a.aid(), "name", a.name(), "owner", a.owner(),
                        "role", a.role().name().toLowerCase(Locale.ROOT))).toList(), "No existing applications");
    }

    private static int create(Call call) {
        Session session = call.cli().session();
        return Outcome.doneOrFailed(call, "Creating new application...", () -> session.director().createApplication(call.arg("name")));
    }

    private static int rename(Call call) {
        Session session = call.cli().session();
        return Outcome.doneOrFailed(call, "", () -> {
            ApplicationView application = session.application(call.arg("aid"));
            session.director().renameApplication(application.aid(), call.arg("newname"));
            return new ApplicationView(application.aid(), call.arg("newname"), application.owner(), application.role());
        });
    }

    private static int delete(Call call) {
        Session session = call.cli().session();
        return Outcome.doneOrFailed(call, "", () -> {
            ApplicationView application = session.application(call.arg("aid"));
            session.director().deleteApplication(application.aid());
            return application;
        });
    }

    /** The application and its services. */
    static int info(Call call) {
        Session session = call.cli().session();
        ApplicationView application = session.application(call.arg("aid"));
        List<ServiceView> services = session.director().services().list(application.aid());
        if (call.options().json()) {
            return Outcome.json(call, Outcome.row("aid", application.aid(), "name", application.name(), "services", services));
        }
        call.print("aid: " + application.aid());
        call.print("name: " + application.name());
        services.forEach(s -> call.print("service " + s.sid() + ": " + s.type() + " '" + s.name() + "' " + s.state()));
        return Exit.OK;
    }
}
