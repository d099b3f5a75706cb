package eu.conpaas.director.internal.api;

import java.time.Duration;
import java.util.List;

import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.MemberRole;
import eu.conpaas.director.internal.account.Application;
import eu.conpaas.director.internal.account.Applications;
import eu.conpaas.director.internal.event.Audit;
import eu.conpaas.director.internal.operation.Changes;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.Style;
import eu.conpaas.rpc.Verb;

/** Applications, in the form of 1.3.1. */
public final class ApplicationApi {
    /** How long an answer waits for the last service to end; the deletion goes on in any case. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final Database database;
    private final Applications applications;
    private final Changes changes;
    private final Waiting waiting;
    private final Audit audit;

    public ApplicationApi(Database database, Applications applications, Changes changes, Waiting waiting, Audit audit) {
        this.database = database;
        this.applications = applications;
        this.changes = changes;
        this.waiting = waiting;
        this.audit = audit;
    }

    @Expose(verb = Verb.POST, path = "/createapp", access = Access.USER, style = Style.LEGACY,
            falseFor = {ErrorCode.NOT_AUTHENTICATED, ErrorCode.FORBIDDEN, ErrorCode.MISSING_ARGUMENT}, help = "Creates an application.")
    public ApplicationView create(@Param(value = "name", required = false) String name, Caller caller) {
        Application application = applications.create(caller.uid(), name);
        audit.application(caller, application.aid(), "createapp");
        return new ApplicationView(application.aid(), application.name(), caller.name(), MemberRole.OWNER);
    }

    @Expose(verb = Verb.POST, path = "/renameapp/{aid}", access = Access.APPLICATION_OWNER, style = Style.LEGACY,
            falseFor = {ErrorCode.NOT_AUTHENTICATED, ErrorCode.FORBIDDEN, ErrorCode.NOT_FOUND, ErrorCode.MISSING_ARGUMENT}, help = "Renames an application.")
    public boolean rename(@Param("aid") long aid, @Param(value = "name", required = false) String name, Caller caller) {
        applications.rename(aid, name);
        audit.application(caller, aid, "renameapp");
        return true;
    }

    @Expose(verb = Verb.POST, path = "/delete/{aid}", access = Access.APPLICATION_OWNER, style = Style.LEGACY,
            falseFor = {ErrorCode.NOT_AUTHENTICATED, ErrorCode.FORBIDDEN, ErrorCode.NOT_FOUND}, help = "Terminates an application's services and deletes it.")
    public boolean delete(@Param("aid") long aid, Caller caller) throws InterruptedException {
        audit.application(caller, aid, "delete");
        List<Long> services = database.write(s -> {
            Applications.markDeleting(s, aid);
            List<Long> sids = Services.ofApplication(s, aid).stream().map(service -> service.sid()).toList();
            if (sids.isEmpty()) {
                applications.dropEmpty(s, aid);
            }
            return sids;
        });
        services.forEach(sid -> changes.terminate(sid, caller.name(), false));
        for (long sid : services) {
            waiting.untilGone(sid, PATIENCE);
        }
        return true;
    }

    @Expose(verb = {Verb.GET, Verb.POST}, path = "/listapp", access = Access.USER, style = Style.LEGACY,
            falseFor = {ErrorCode.NOT_AUTHENTICATED, ErrorCode.FORBIDDEN}, help = "The applications the user owns or is a member of, its own first.")
    public List<ApplicationView> list(Caller caller) {
        return database.read(s -> Applications.seenBy(s, caller.uid()));
    }
}
