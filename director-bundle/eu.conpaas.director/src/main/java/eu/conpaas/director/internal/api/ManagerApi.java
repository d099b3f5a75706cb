package eu.conpaas.director.internal.api;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Assignment;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Observed;
import eu.conpaas.api.StepReport;
import eu.conpaas.director.internal.account.Members;
import eu.conpaas.director.internal.account.User;
import eu.conpaas.director.internal.account.Users;
import eu.conpaas.director.internal.operation.Asked;
import eu.conpaas.director.internal.operation.Managers;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Call;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Endpoint;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.ParamDef;
import eu.conpaas.rpc.Request;
import eu.conpaas.rpc.Style;
import eu.conpaas.rpc.Verb;

/** What managers ask and report. Each speaks for its own service only. */
public final class ManagerApi {
    private static final long LONG_POLL_MILLIS = 25_000;
    private final Database database;
    private final Managers managers;
    private final Methods methods;

    public ManagerApi(Database database, Managers managers, Methods methods) {
        this.database = database;
        this.managers = managers;
        this.methods = methods;
    }

    @Expose(verb = Verb.GET, path = "/managers/work", access = Access.MANAGER, help = "Waits up to 25 s for an assignment other than the one seen; 204 if there is none.")
    public Assignment work(@Param(value = "seen", required = false) long seen, Caller caller) throws InterruptedException {
        Assignment assignment = managers.work(caller.identity().sid(), caller.identity().node(), seen, LONG_POLL_MILLIS);
        return assignment.version() == seen ? null : assignment;
    }

    @Expose(verb = Verb.POST, path = "/managers/steps", access = Access.MANAGER, open = true, help = "Reports where a step of an operation stands.")
    public void step(Request call, Caller caller) {
        managers.report(caller.identity().sid(), caller.identity().node(), Json.convert(call.params(), StepReport.class));
    }

    @Expose(verb = Verb.POST, path = "/managers/observed", access = Access.MANAGER, open = true, help = "Reports how the service is.")
    public void observed(Request call, Caller caller) {
        managers.observed(caller.identity().sid(), caller.identity().node(), Json.convert(call.params(), Observed.class));
    }

    /** The endpoint by which a manager hands on what a 1.3.1 client asked of it. */
    public Endpoint call() {
        List<ParamDef> params = List.of(ParamDef.of("method", ParamDef.Type.STRING), ParamDef.of("caller", ParamDef.Type.ANY),
                ParamDef.optional("code", ParamDef.Type.FILE), ParamDef.optional("script", ParamDef.Type.FILE), ParamDef.optional("key", ParamDef.Type.FILE));
        return new Endpoint(Set.of(Verb.POST), "/managers/call/{method}", Access.MANAGER, Style.MODERN, Set.of(), params, true, 0,
                "Carries out a user's call that reached the manager of the user's service.", Object.class, this::call);
    }

    private Object call(Call call) throws IOException {
        long uid = uid(call.get("caller"));
        long sid = call.caller().identity().sid();
        User user = database.read(s -> Users.byId(s, uid)).filter(u -> database.read(s -> Members.callers(s, Services.get(s, sid).aid())).contains(u.uid()))
                .orElseThrow(() -> new ApiException(ErrorCode.FORBIDDEN, "Only owner and developers of a service may change it.", "Ask its owner."));
        Map<String, Object> arguments = new HashMap<>(call.request().params());
        arguments.remove("caller");
        return methods.answer(new Methods.Ask(sid, call.string("method"), arguments, call.uploads(), uid, new Asked(user.username(), null, false, false)));
    }

    /** {@code {"uid": …, …}}, as an object or (in a form) as its text. */
    private static long uid(Object caller) {
        Map<?, ?> fields = caller instanceof Map<?, ?> map ? map : Json.map(String.valueOf(caller));
        return fields.get("uid") instanceof Number n ? n.longValue() : -1;
    }
}
