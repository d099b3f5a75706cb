package eu.conpaas.director.internal.api;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.LogMatch;
import eu.conpaas.api.LogName;
import eu.conpaas.api.LogPart;
import eu.conpaas.api.MemberRole;
import eu.conpaas.api.NodeFigures;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceDetail;
import eu.conpaas.api.StateChange;
import eu.conpaas.director.internal.account.Applications;
import eu.conpaas.director.internal.account.Ledger;
import eu.conpaas.director.internal.account.Members;
import eu.conpaas.director.internal.content.CodeVersions;
import eu.conpaas.director.internal.event.Audit;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.operation.Asked;
import eu.conpaas.director.internal.operation.Changes;
import eu.conpaas.director.internal.operation.OperationRow;
import eu.conpaas.director.internal.operation.Operations;
import eu.conpaas.director.internal.operation.Views;
import eu.conpaas.director.internal.service.SecretNames;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Call;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.Endpoint;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.ParamDef;
import eu.conpaas.rpc.Style;
import eu.conpaas.rpc.Text;
import eu.conpaas.rpc.Upload;
import eu.conpaas.rpc.Verb;

import java.util.Set;

/** Services: look at, change, code versions, start-up script. */
public final class ServiceApi {
    private static final String REQUEST = "id made up by the caller: the same again gives the operation of the first call";
    private static final String BASED = "version of the desired state the caller had in view: if it has been changed since, the answer is CONFLICT and says by whom";
    private static final int PAGE = 200;
    private final Database database;
    private final Changes changes;
    private final Methods methods;
    private final CodeVersions versions;
    private final ManagerCalls managers;
    private final NodeLooks looks;
    private final Audit audit;

    public ServiceApi(Database database, Changes changes, Methods methods, CodeVersions versions, ManagerCalls managers, Audit audit) {
        this.database = database;
        this.changes = changes;
        this.methods = methods;
        this.versions = versions;
        this.managers = managers;
        this.looks = new NodeLooks(database, managers);
        this.audit = audit;
    }

    @Expose(verb = Verb.POST, path = "/applications/{aid}/services", access = Access.APPLICATION_DEVELOPER, help = "Creates a service; answers at once.")
    public Accepted create(@Param("aid") long aid, @Param("type") String type, @Param(value = "cloud", required = false) String cloud,
            @Param(value = "name", required = false) String name, @Param(value = "plan", required = false) boolean plan,
            @Param(value = "request", required = false, help = REQUEST) String request, Caller caller) {
        if (plan) {
            return new Accepted(changes.planCreate(type, cloud), null, null);
        }
        long owner = database.read(s -> Applications.find(s, aid)).orElseThrow().uid();
        Operation operation = changes.create(type, name, cloud, owner, aid, new Asked(caller.name(), request, false, true));
        audit.service(caller, operation.sid(), "create " + type, "");
        return database.read(s -> new Accepted(null, operation, Views.service(s, Services.get(s, operation.sid()))));
    }

    @Expose(verb = Verb.GET, path = "/services/{sid}", access = Access.SERVICE_VIEWER, help = "All there is to show of a service.")
    public ServiceDetail get(@Param("sid") long sid, Caller caller) {
        return database.read(s -> {
            Service service = Services.get(s, sid);
            boolean all = Members.role(s, service.aid(), caller.uid()).filter(r -> r.includes(MemberRole.DEVELOPER)).isPresent();
            DesiredState shown = service.desired().shown();
            return detail(s, service, all ? shown : shown.withEnvironment(SecretNames.hidden(shown.environment())));
        });
    }

    private static ServiceDetail detail(Session s, Service service, DesiredState desired) {
        List<NodeView> nodes = Nodes.ofService(s, service.sid()).stream().map(Node::view).toList();
        int perHour = (int) nodes.stream().filter(n -> n.state().isAlive()).count() * Ledger.PER_HOUR;
        Operation operation = Operations.openOf(s, service.sid()).map(o -> o.view()).orElse(null);
        boolean known = service.observed() != null && service.observed().epoch() == service.epoch();
        String health = !known || service.observed().healthy() ? "healthy" : String.valueOf(service.observed().detail());
        return new ServiceDetail(Views.service(s, service), desired, nodes, operation, perHour, health);
    }

    @Expose(verb = Verb.GET, path = "/services/{sid}/history", access = Access.SERVICE_VIEWER, help = "The states the service has been in, oldest first.")
    public List<StateChange> history(@Param("sid") long sid) {
        return database.read(s -> Services.history(s, sid));
    }

    @Expose(verb = Verb.GET, path = "/services/{sid}/operations", access = Access.SERVICE_VIEWER, help = "What was done to the service, newest first.")
    public List<Operation> operations(@Param("sid") long sid,
            @Param(value = "before", required = false, help = "when the last one of the page before was accepted") Instant before,
            @Param(value = "limit", required = false, help = "most operations, 200 by default") int limit) {
        return database.read(s -> Operations.ofService(s, sid, before, Paging.limit(limit, PAGE))).stream().map(OperationRow::view).toList();
    }

    @Expose(verb = Verb.GET, path = "/services/{sid}/logs", access = Access.SERVICE_VIEWER, help = "Logs of the service's nodes that answer, or of one node.")
    public List<LogName> logs(@Param("sid") long sid, @Param(value = "node", required = false, help = "node id; all nodes if absent") String node) {
        return managers.logs(database.read(s -> Services.get(s, sid)), node);
    }

    @Expose(verb = Verb.GET, path = "/services/{sid}/log", access = Access.SERVICE_VIEWER, help = "Part of a log of one of the service's nodes.")
    public LogPart log(@Param("sid") long sid, @Param(value = "node", required = false, help = "node id; the manager's if absent") String node,
            @Param(value = "file", required = false, help = "name of the log; the node's own if absent") String file,
            @Param(value = "offset", required = false, help = "byte to begin at, negative from the end") long offset,
            @Param(value = "limit", required = false, help = "most bytes") int limit) {
        return managers.log(database.read(s -> Services.get(s, sid)), node, file, offset, limit);
    }

    @Expose(verb = Verb.GET, path = "/services/{sid}/log/search", access = Access.SERVICE_VIEWER,
            help = "Lines with a text in them, in the last 8 MiB of the logs of the service's nodes that answer.")
    public List<LogMatch> search(@Param("sid") long sid, @Param("text") String text, @Param(value = "node", required = false, help = "node id; all nodes if absent") String node,
            @Param(value = "file", required = false, help = "name of the log; all logs if absent") String file,
            @Param(value = "limit", required = false, help = "most lines of each log, the latest; 200 by default") int limit) {
        return looks.search(database.read(s -> Services.get(s, sid)), node, file, text, Paging.limit(limit, PAGE));
    }

    @Expose(verb = Verb.GET, path = "/services/{sid}/figures", access = Access.SERVICE_VIEWER, help = "What the service's nodes measure, with the last ten minutes.")
    public List<NodeFigures> figures(@Param("sid") long sid, @Param(value = "since", required = false, help = "seconds since 1970: only later samples") long since) {
        return looks.figures(database.read(s -> Services.get(s, sid)), since);
    }

    @Expose(verb = Verb.POST, path = "/services/{sid}/terminate", access = Access.SERVICE_OWNER, help = "Ends the service and all its nodes, from any state.")
    public Accepted terminate(@Param("sid") long sid, @Param(value = "plan", required = false) boolean plan,
            @Param(value = "confirm", required = false) boolean confirm, Caller caller) {
        Changes.Answer answer = changes.terminate(sid, caller.name(), plan);
        if (!plan) {
            audit.service(caller, sid, "terminate", "");
        }
        return new Accepted(plan ? answer.plan() : null, answer.operation(), null);
    }

    /** The endpoint for all methods of all services; what arguments a method takes, its descriptor says. */
    public Endpoint call() {
        List<ParamDef> params = List.of(ParamDef.of("sid", ParamDef.Type.INTEGER), ParamDef.of("method", ParamDef.Type.STRING),
                ParamDef.optional("plan", ParamDef.Type.BOOLEAN), ParamDef.optional("confirm", ParamDef.Type.BOOLEAN),
                ParamDef.optional("request", ParamDef.Type.STRING), ParamDef.optional("based", ParamDef.Type.INTEGER),
                ParamDef.optional("code", ParamDef.Type.FILE), ParamDef.optional("script", ParamDef.Type.FILE), ParamDef.optional("key", ParamDef.Type.FILE));
        return new Endpoint(Set.of(Verb.POST), "/services/{sid}/call/{method}", Access.SERVICE_METHOD, Style.MODERN, Set.of(), params, true, 0,
                "Calls a method of the service; GET /descriptors tells them.", Object.class, this::call);
    }

    private Object call(Call call) throws IOException {
        Map<String, Object> arguments = new HashMap<>(call.request().params());
        arguments.remove("plan");
        arguments.remove("confirm");
        arguments.remove("request");
        arguments.remove("based");
        return methods.answer(new Methods.Ask(call.number("sid"), call.string("method"), arguments, call.uploads(), call.caller().uid(),
                new Asked(call.caller().name(), call.string("request"), call.flag("plan"), call.flag("confirm"),
                        call.get("based") == null ? null : call.number("based"))));
    }

    @Expose(verb = Verb.GET, path = "/services/{sid}/versions", access = Access.SERVICE_VIEWER, help = "Code versions, newest first.")
    public List<CodeVersion> versions(@Param("sid") long sid) {
        return methods.all(database.read(s -> Services.get(s, sid)));
    }

    @Expose(verb = Verb.POST, path = "/services/{sid}/versions", access = Access.SERVICE_DEVELOPER, help = "Uploads a code version; it is not active yet.")
    public CodeVersion upload(@Param("sid") long sid, @Param("code") Upload code, @Param(value = "description", required = false) String description,
            Caller caller) throws IOException {
        CodeVersion version = versions.add(database.read(s -> Services.get(s, sid)), code.path(), code.filename(), description);
        audit.service(caller, sid, "upload_code_version", version.id());
        return version;
    }

    @Expose(verb = Verb.GET, path = "/services/{sid}/versions/{version}", access = Access.SERVICE_DEVELOPER, help = "The archive of a code version.")
    public Download download(@Param("sid") long sid, @Param("version") String version) throws IOException {
        return methods.download(database.read(s -> Services.get(s, sid)), version);
    }

    @Expose(verb = Verb.DELETE, path = "/services/{sid}/versions/{version}", access = Access.SERVICE_DEVELOPER, help = "Deletes a code version that is not active.")
    public void delete(@Param("sid") long sid, @Param("version") String version, Caller caller) {
        versions.delete(database.read(s -> Services.get(s, sid)), version);
        audit.service(caller, sid, "delete_code_version", version);
    }

    @Expose(verb = Verb.PUT, path = "/services/{sid}/startup-script", access = Access.SERVICE_DEVELOPER, help = "Stores the script run on each node made later.")
    public void storeScript(@Param("sid") long sid, @Param("script") Upload script, @Param(value = "based", required = false, help = BASED) Long based, Caller caller)
            throws IOException {
        changes.requireUnchanged(database.read(s -> Services.get(s, sid)), based);
        versions.setStartupScript(database.read(s -> Services.get(s, sid)), script.path());
        audit.service(caller, sid, "upload_startup_script", "");
    }

    @Expose(verb = Verb.GET, path = "/services/{sid}/startup-script", access = Access.SERVICE_VIEWER, help = "The start-up script.")
    public Text script(@Param("sid") long sid) throws IOException {
        return Text.plain(java.nio.file.Files.readString(methods.startupScript(database.read(s -> Services.get(s, sid)))));
    }
}
