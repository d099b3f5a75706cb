package eu.conpaas.director.internal.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.GitPush;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.director.internal.account.User;
import eu.conpaas.director.internal.account.Users;
import eu.conpaas.director.internal.git.GitPushes;
import eu.conpaas.director.internal.operation.Asked;
import eu.conpaas.director.internal.operation.Changes;
import eu.conpaas.director.internal.operation.Managers;
import eu.conpaas.director.internal.operation.OperationRow;
import eu.conpaas.director.internal.operation.Operations;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.service.Types;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Call;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Endpoint;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.ParamDef;
import eu.conpaas.rpc.Style;
import eu.conpaas.rpc.Upload;
import eu.conpaas.rpc.Verb;
import eu.conpaas.service.plan.CommonMethods;

/** What managers hand on of Git pushes. Each speaks for its own service only. */
public final class GitApi {
    /** The command that makes a code version active, whatever the type calls its method. */
    private static final String ENABLE = "enable_code";
    private final Database database;
    private final Types types;
    private final GitPushes pushes;
    private final Changes changes;

    public GitApi(Database database, Types types, GitPushes pushes, Changes changes) {
        this.database = database;
        this.types = types;
        this.pushes = pushes;
        this.changes = changes;
    }

    /** The endpoint that takes a push with its files. */
    public Endpoint push() {
        List<ParamDef> params = List.of(ParamDef.of("push", ParamDef.Type.ANY), ParamDef.optional("pack", ParamDef.Type.FILE),
                ParamDef.optional("code", ParamDef.Type.FILE));
        return new Endpoint(Set.of(Verb.POST), "/managers/git/push", Access.MANAGER, Style.MODERN, Set.of(), params, false, 0,
                "Takes a push, whole or not at all; it is on disk when this answers.", GitPush.Answer.class, this::push);
    }

    private Object push(Call call) throws IOException {
        return pushes.push(call.caller().identity().sid(), call.caller().identity().node(), document(call.get("push"), GitPush.class),
                path(call.upload("pack")), path(call.upload("code")));
    }

    /** The endpoint that takes one pack in place of all. */
    public Endpoint compact() {
        List<ParamDef> params = List.of(ParamDef.of("compact", ParamDef.Type.ANY), ParamDef.of("pack", ParamDef.Type.FILE));
        return new Endpoint(Set.of(Verb.POST), "/managers/git/compact", Access.MANAGER, Style.MODERN, Set.of(), params, false, 0,
                "Puts one pack of objects in the place of all there are.", Object.class, this::compact);
    }

    private Object compact(Call call) throws IOException {
        pushes.compact(call.caller().identity().sid(), call.caller().identity().node(), document(call.get("compact"), GitPush.Compact.class), call.upload("pack").path());
        return Map.of();
    }

    /** In a form a document is its text. */
    private static <T> T document(Object value, Class<T> type) {
        return value instanceof Map ? Json.convert(value, type) : Json.read(String.valueOf(value), type);
    }

    private static Path path(Upload upload) {
        return upload == null ? null : upload.path();
    }

    @Expose(verb = Verb.POST, path = "/managers/git/activate", access = Access.MANAGER, help = "Makes a version that was pushed active, for the service's owner.")
    public Operation activate(@Param("epoch") long epoch, @Param("version") String version, Caller caller) {
        Service service = database.read(s -> Services.get(s, caller.identity().sid()));
        Managers.require(service, caller.identity().node(), epoch);
        String method = types.descriptor(service.type()).methods().stream()
                .filter(m -> m.kind().equals(CommonMethods.CHANGE) && m.command() != null && m.command().name().equals(ENABLE)).map(MethodSpec::name).findFirst()
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "A service of type " + service.type() + " has no code versions.", ""));
        User owner = database.read(s -> Users.byId(s, service.uid())).orElseThrow();
        return changes.change(service.sid(), method, Map.of("codeVersionId", version), new Asked(owner.username(), null, false, false)).operation();
    }

    @Expose(verb = Verb.GET, path = "/managers/operations/{operation}", access = Access.MANAGER, help = "An operation of the manager's service.")
    public Operation operation(@Param("operation") String operation, Caller caller) {
        return database.read(s -> Operations.find(s, operation)).filter(o -> o.sid() == caller.identity().sid()).map(OperationRow::view)
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "The service has no operation " + operation + ".", ""));
    }
}
