package eu.conpaas.cli.internal.command;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.Exit;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;
import eu.conpaas.cli.internal.remote.Session;
import eu.conpaas.client.Services;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Commands every service has. */
final class ServiceVerbs {
    static final String SID = "Service id or name.";
    static final String CLOUD = "Cloud to make nodes on.";
    private static final Set<ServiceState> TERMINABLE = EnumSet.of(ServiceState.STOPPED, ServiceState.INIT, ServiceState.ERROR);
    private static final List<String> COLUMNS = List.of("type", "sid", "application_id", "vmid", "name", "manager");

    private ServiceVerbs() {
    }

    static List<Verb> all() {
        return List.of(
                Verb.of("list", "List your services, or those of one application.", ServiceVerbs::list).optional("aid", "Application id or name."),
                create(),
                Verb.of("start", "Start a service.", ServiceVerbs::start).arg("sid", SID).optional("cloud", CLOUD).change(),
                Verb.of("info", "Show a service and its nodes.", ServiceInfo::run).arg("sid", SID),
                LogVerbs.logs(),
                Verb.of("stop", "Stop a running service; what it holds is kept.", ServiceVerbs::stop).arg("sid", SID).change(),
                Verb.of("terminate", "End a stopped service for good, with all it holds.", ServiceVerbs::terminate).arg("sid", SID).waiting(),
                Verb.of("rename", "Rename a service.", ServiceVerbs::rename).arg("sid", SID).arg("newname", "Its new name."),
                Verb.of("startup_script", "Upload a script that each node made later runs once.", ServiceVerbs::script).arg("sid", SID)
                        .arg("file", "The script."));
    }

    static Verb create() {
        return Verb.of("create", "Make a service, in your oldest application unless one is named.", ServiceVerbs::create)
                .arg("type", "Service type, see 'available'.").optional("aid", "Application id or name.").optional("cloud", CLOUD).waiting();
    }

    private static int list(Call call) {
        Session session = call.cli().session();
        String application = call.arg("aid") != null ? call.arg("aid") : call.opt("application");
        List<ServiceView> services = application == null ? session.director().services().list()
                : session.director().services().list(session.application(application).aid());
        return Outcome.table(call, services, COLUMNS, services.stream().map(ServiceVerbs::row).toList(), "No running services");
    }

    static Map<String, Object> row(ServiceView s) {
        return Outcome.row("type", s.type(), "sid", s.sid(), "application_id", s.application_id(), "vmid", s.vmid(), "name", s.name(),
                "manager", s.manager());
    }

    private static int create(Call call) {
        Session session = call.cli().session();
        String type = call.arg("type");
        String cloud = call.arg("cloud") != null ? call.arg("cloud") : call.opt("cloud");
        long aid = aid(session, call.arg("aid"));
        if (!session.director().availableServices().contains(type)) {
            throw CliException.refused(ErrorCode.NOT_FOUND, "Unknown service type " + type, "See 'conpaas available'.");
        }
        if (cloud != null && !session.director().availableClouds().contains(cloud)) {
            throw CliException.refused(ErrorCode.NOT_FOUND, "Unknown cloud " + cloud, "See 'conpaas clouds'.");
        }
        Services services = session.director().services();
        Changes.Request request = (plan, confirm) -> plan ? services.planCreate(aid, type, cloud, null) : services.create(aid, type, cloud, null);
        return call.options().plan() ? Changes.plan(call, request) : new Creation(call).run(Changes.accepted(call, request));
    }

    /** The application named, or the oldest. */
    private static long aid(Session session, String text) {
        List<ApplicationView> all = session.director().applications();
        return all.stream().filter(a -> text == null || Long.toString(a.aid()).equals(text) || a.name().equals(text))
                .map(ApplicationView::aid).min(Long::compare).orElseThrow(() -> text == null
                        ? CliException.refused(ErrorCode.NOT_FOUND, "You have no application.", "Make one with 'conpaas createapp NAME'.")
                        : CliException.refused(ErrorCode.NOT_FOUND, "Unknown application " + text, "See 'conpaas listapp'."));
    }

    private static int start(Call call) {
        Session session = call.cli().session();
        ServiceView service = session.service(call.arg("sid"));
        String cloud = call.arg("cloud") != null ? call.arg("cloud") : call.opt("cloud") != null ? call.opt("cloud") : "default";
        return change(call, service, "startup", Map.of("cloud", cloud), "Your service is starting up.");
    }

    private static int stop(Call call) {
        Session session = call.cli().session();
        ServiceView service = session.service(call.arg("sid"));
        if (service.state() != ServiceState.RUNNING && service.state() != ServiceState.ERROR && !call.options().plan()) {
            throw CliException.refused(ErrorCode.WRONG_STATE, "Service " + service.sid() + " is not running: it is in state " + service.state() + ".",
                    service.state().isTransient() ? "Wait until the change under way is done ('conpaas operations " + service.sid() + "')." : "");
        }
        return change(call, service, "shutdown", Map.of(), "Service " + service.sid() + " is stopping: it is in state EPILOGUE.");
    }

    /** Makes a change and prints a message, before waiting for it if that is wanted. */
    static int change(Call call, ServiceView service, String method, Map<String, Object> params, String message) {
        Changes.Request request = Changes.of(call.cli().session(), service, method, params);
        if (call.options().plan()) {
            return Changes.plan(call, request);
        }
        Accepted accepted = Changes.accepted(call, request);
        if (!call.options().json()) {
            call.print(message);
            call.terminal().out().flush();
        }
        Operation operation = Changes.awaitIfWanted(call, accepted);
        return call.options().json() ? Outcome.json(call, Changes.json(service, operation)) : Exit.OK;
    }

    private static int terminate(Call call) {
        return end(call, false);
    }

    /** Ends a service from every state. */
    static int remove(Call call) {
        return end(call, true);
    }

    private static int end(Call call, boolean anyState) {
        Session session = call.cli().session();
        ServiceView service = session.service(call.arg("sid"));
        Services services = session.director().services();
        Changes.Request request = (plan, confirm) -> plan ? services.planTerminate(service.sid()) : services.terminate(service.sid(), confirm);
        if (call.options().plan()) {
            return Changes.plan(call, request);
        }
        if (!anyState && !TERMINABLE.contains(service.state())) {
            throw CliException.refused(ErrorCode.WRONG_STATE, "Service " + service.sid() + " is in state " + service.state() + "; it was not terminated.",
                    "Stop it first: 'conpaas stop " + service.sid() + "'. 'conpaas service remove " + service.sid() + "' ends it from every state.");
        }
        return Outcome.doneOrFailed(call, "", () -> Changes.json(service, Changes.awaitIfWanted(call, Changes.accepted(call, request))));
    }

    private static int rename(Call call) {
        Session session = call.cli().session();
        ServiceView service = session.service(call.arg("sid"));
        return Outcome.doneOrFailed(call, "", () -> {
            session.director().services().rename(service.sid(), call.arg("newname"));
            return session.service(service.sid());
        });
    }

    private static int script(Call call) {
        Path file = LocalFile.readable(call.arg("file"));
        ServiceView service = call.cli().session().service(call.arg("sid"));
        call.cli().session().director().services().uploadStartupScript(service.sid(), file);
        return Outcome.message(call, "Startup script uploaded correctly.", Map.of("filename", file.getFileName().toString()));
    }

    /** Prints the start-up script. */
    static int showScript(Call call) {
        ServiceView service = call.cli().session().service(call.arg("sid"));
        String script = call.cli().session().director().services().startupScript(service.sid());
        if (call.options().json()) {
            return Outcome.json(call, Map.of("script", script));
        }
        call.terminal().out().print(script);
        return Exit.OK;
    }

    /** Prints the state, one word. */
    static int state(Call call) {
        ServiceView service = call.cli().session().service(call.arg("sid"));
        return Outcome.message(call, service.state().name(), Outcome.row("sid", service.sid(), "state", service.state()));
    }
}
