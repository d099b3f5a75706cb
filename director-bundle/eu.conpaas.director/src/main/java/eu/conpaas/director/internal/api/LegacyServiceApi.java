package eu.conpaas.director.internal.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.MemberRole;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceView;
import eu.conpaas.director.internal.account.Application;
import eu.conpaas.director.internal.account.Applications;
import eu.conpaas.director.internal.account.Members;
import eu.conpaas.director.internal.event.Audit;
import eu.conpaas.director.internal.event.Events;
import eu.conpaas.director.internal.operation.Asked;
import eu.conpaas.director.internal.operation.Changes;
import eu.conpaas.director.internal.operation.Views;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.Style;
import eu.conpaas.rpc.Verb;

/** Services, in the form of 1.3.1. */
public final class LegacyServiceApi {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(120);
    private final Database database;
    private final Changes changes;
    private final Waiting waiting;
    private final Events events;
    private final Audit audit;

    public LegacyServiceApi(Database database, Changes changes, Waiting waiting, Events events, Audit audit) {
        this.database = database;
        this.changes = changes;
        this.waiting = waiting;
        this.events = events;
        this.audit = audit;
    }

    @Expose(verb = Verb.POST, path = "/start/{type}", access = Access.USER, style = Style.LEGACY, falseFor = {ErrorCode.NOT_AUTHENTICATED, ErrorCode.FORBIDDEN},
            help = "Creates a service on the default cloud; answers when its manager has an address.")
    public ServiceView start(@Param("type") String type, @Param(value = "appid", required = false) Long appid, Caller caller) throws InterruptedException {
        return startOn(type, null, appid, caller);
    }

    @Expose(verb = Verb.POST, path = "/start/{type}/{cloud}", access = Access.USER, style = Style.LEGACY,
            falseFor = {ErrorCode.NOT_AUTHENTICATED, ErrorCode.FORBIDDEN}, help = "Creates a service on a cloud; answers when its manager has an address.")
    public ServiceView startOn(@Param("type") String type, @Param("cloud") String cloud, @Param(value = "appid", required = false) Long appid, Caller caller)
            throws InterruptedException {
        Application application = application(caller, appid);
        Operation accepted = changes.create(type, null, cloud, application.uid(), application.aid(), new Asked(caller.name(), null, false, true));
        audit.service(caller, accepted.sid(), "start " + type, "");
        Operation ended = waiting.untilEnded(accepted, PATIENCE);
        if (ended.state() != Operation.State.DONE) {
            throw ended.error() != null ? new ApiException(ended.error())
                    : new ApiException(ErrorCode.TIMEOUT, "The manager is not up after " + PATIENCE.toMinutes() + " minutes.", "Look at operation " + ended.id() + ".");
        }
        return database.read(s -> Views.service(s, Services.get(s, accepted.sid())));
    }

    /** The application is a parameter here and no part of the path, so that it is not the guard who sees it. */
    private Application application(Caller caller, Long appid) {
        if (appid == null) {
            return database.read(s -> Applications.defaultOf(s, caller.uid()));
        }
        boolean may = database.read(s -> Members.role(s, appid, caller.uid())).filter(r -> r.includes(MemberRole.DEVELOPER)).isPresent();
        return database.read(s -> Applications.find(s, appid)).filter(a -> may && !a.deleting())
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "Application not found: " + appid, "List your applications to see their ids."));
    }

    @Expose(verb = Verb.POST, path = "/stop/{sid}", access = Access.SERVICE_OWNER, style = Style.LEGACY,
            falseFor = {ErrorCode.NOT_AUTHENTICATED, ErrorCode.FORBIDDEN, ErrorCode.NOT_FOUND}, help = "Terminates a service with all its nodes.")
    public boolean stop(@Param("sid") long sid, Caller caller) throws InterruptedException {
        changes.terminate(sid, caller.name(), false);
        audit.service(caller, sid, "terminate", "");
        waiting.untilGone(sid, STOP_PATIENCE);
        return true;
    }

    @Expose(verb = Verb.POST, path = "/rename/{sid}", access = Access.SERVICE_DEVELOPER, style = Style.LEGACY,
            falseFor = {ErrorCode.NOT_AUTHENTICATED, ErrorCode.FORBIDDEN, ErrorCode.NOT_FOUND, ErrorCode.MISSING_ARGUMENT}, help = "Renames a service.")
    public boolean rename(@Param("sid") long sid, @Param(value = "name", required = false) String name, Caller caller) {
        if (name == null || name.isBlank() || name.length() > 256) {
            throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument \"name\"", "Give a name of up to 256 characters.");
        }
        database.write(s -> {
            Services.rename(s, sid, name.strip());
            events.add(s, "service.name", Services.get(s, sid).uid(), Services.get(s, sid).aid(), sid, Map.of("name", name.strip()));
            return null;
        });
        audit.service(caller, sid, "rename", "");
        return true;
    }

    @Expose(verb = {Verb.GET, Verb.POST}, path = "/list", access = Access.USER, style = Style.LEGACY,
            falseFor = {ErrorCode.NOT_AUTHENTICATED, ErrorCode.FORBIDDEN}, help = "All services of applications the user owns or is a member of.")
    public List<ServiceView> list(Caller caller) {
        return database.read(s -> Services.seenBy(s, caller.uid()).stream().map(service -> Views.service(s, service)).toList());
    }

    @Expose(verb = {Verb.GET, Verb.POST}, path = "/list/{aid}", access = Access.APPLICATION_VIEWER, style = Style.LEGACY,
            falseFor = {ErrorCode.NOT_AUTHENTICATED, ErrorCode.FORBIDDEN, ErrorCode.NOT_FOUND}, help = "The services of an application.")
    public List<ServiceView> listOf(@Param("aid") long aid) {
        return database.read(s -> Services.ofApplication(s, aid).stream().map(service -> Views.service(s, service)).toList());
    }

    @Expose(verb = Verb.POST, path = "/callback/terminateService.php", access = Access.MANAGER, style = Style.LEGACY, open = true,
            help = "A manager asks for its own service to be terminated.")
    public Map<String, Object> terminateMine(Caller caller) {
        changes.terminate(caller.identity().sid(), caller.name(), false);
        audit.service(caller, caller.identity().sid(), "terminate", "");
        return Map.of("error", false);
    }
}
