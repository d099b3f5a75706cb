package eu.conpaas.cli;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.LogMatch;
import eu.conpaas.api.LogName;
import eu.conpaas.api.LogPart;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeState;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Placement;
import eu.conpaas.api.Plan;
import eu.conpaas.api.ServiceDetail;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.api.StateChange;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Call;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.ParamDef;
import eu.conpaas.rpc.Text;
import eu.conpaas.rpc.Verb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fake director's paths about services, nodes and operations. */
record FakeServices(FakeDirector director) {
    private static final int TOO_MANY = 9;

    void serve() {
        director.old(Verb.GET, "/list", Access.USER, call -> List.copyOf(director.services.values()));
        director.old(Verb.GET, "/list/{aid}", Access.USER,
                call -> director.services.values().stream().filter(s -> s.application_id() == call.number("aid")).toList());
        director.old(Verb.POST, "/rename/{sid}", Access.USER, call -> {
            ServiceView s = director.service(call.number("sid"));
            director.put(s.sid(), s.type(), call.string("name"), s.state());
            return true;
        });
        director.on(Verb.POST, "/applications/{aid}/services", this::create);
        director.on(Verb.GET, "/services/{sid}", call -> detail(director.service(call.number("sid"))));
        director.on(Verb.GET, "/services/{sid}/history", call -> List.of(new StateChange(FakeDirector.TIME, ServiceState.INIT, "created"),
                new StateChange(FakeDirector.TIME.plusSeconds(60), ServiceState.RUNNING, "started")));
        director.on(Verb.GET, "/services/{sid}/logs", call -> List.of(new LogName("n1", "node", 1234), new LogName("n1", "nginx-error", 0)));
        director.on(Verb.GET, "/services/{sid}/log", call -> new LogPart("n1", "node.log", 0, 8, 8, "a line\n"));
        director.on(Verb.GET, "/services/{sid}/log/search", call -> List.of(new LogMatch("n1", "node", 120, "2026-01-02 WARN out of " + call.string("text"))));
        director.on(Verb.POST, "/services/{sid}/terminate", call -> accepted(call, "terminate", ServiceState.STOPPED, "Stop", "Remove nodes"));
        director.on(Verb.POST, "/services/{sid}/call/{method}", this::method, ParamDef.optional("code", ParamDef.Type.FILE),
                ParamDef.optional("key", ParamDef.Type.FILE));
        director.on(Verb.PUT, "/services/{sid}/startup-script", call -> true, ParamDef.of("script", ParamDef.Type.FILE));
        director.on(Verb.GET, "/services/{sid}/startup-script", call -> Text.plain("#!/bin/sh\n"));
        director.on(Verb.GET, "/nodes", call -> director.services.values().stream().filter(s -> s.state() == ServiceState.RUNNING)
                .flatMap(s -> nodes(s.sid()).stream()).toList());
        director.on(Verb.GET, "/operations", call -> director.operations.list());
        director.on(Verb.GET, "/operations/{id}", call -> director.operations.look(call.string("id")));
        director.on(Verb.POST, "/operations/{id}/cancel", call -> director.operations.undo(call.string("id"), null));
    }

    private Object create(Call call) {
        Plan plan = FakeOperations.plan("create", "Make the manager", "Wait for it");
        if (call.flag("plan")) {
            return new Accepted(plan, null, null);
        }
        director.put(5, call.string("type"), "New " + call.string("type") + " service", ServiceState.INIT);
        return new Accepted(null, director.operations.start(5, plan, () -> { }), director.service(5));
    }

    private Object method(Call call) {
        return switch (call.string("method")) {
            case "startup" -> accepted(call, "start", ServiceState.RUNNING, "Make a node", "Start the engines", "Serve");
            case "shutdown" -> accepted(call, "stop", ServiceState.STOPPED, "Stop serving", "Remove nodes");
            case "add_nodes", "remove_nodes" -> scale(call);
            case "list_code_versions" -> Map.of("codeVersions", List.of(version("code-abc123", "shop.tar.gz", "first", true),
                    version("code-default", "code-default.tar", "", false)));
            case "upload_code_version" -> Map.of("codeVersionId", "code-xyz789");
            case "download_code_version" -> Download.of(new byte[] {1, 2, 3}, "shop.tar.gz", "application/octet-stream");
            case "delete_code_version" -> Map.of();
            case "upload_authorized_key" -> Map.of("outcome", "1 keys added to authorized_keys");
            case "list_authorized_keys" -> Map.of("authorizedKeys", List.of("ssh-ed25519 AAAA alice@example.org"));
            case "remove_authorized_key" -> Map.of("outcome", "1 keys removed from authorized_keys");
            case "update_git_configuration" -> Map.of("activate", "On", "branch", "main");
            default -> accepted(call, "settings", ServiceState.RUNNING, "Change settings");
        };
    }

    private static Map<String, Object> version(String id, String file, String description, boolean current) {
        Map<String, Object> version = new LinkedHashMap<>();
        version.put("codeVersionId", id);
        version.put("filename", file);
        version.put("description", description);
        version.put("time", FakeDirector.TIME);
        if (current) {
            version.put("current", true);
        }
        return version;
    }

    /** Nine is more than can be had: added it fails on the way, removed it wants a confirmation. */
    private Object scale(Call call) {
        boolean many = call.integer("backend") == TOO_MANY;
        if (many && call.string("method").equals("remove_nodes") && !call.flag("confirm")) {
            throw new ApiException(ErrorCode.CONFIRMATION_NEEDED, "Nine nodes would go.", "Confirm it.");
        }
        Accepted accepted = accepted(call, "scale", ServiceState.RUNNING, "Make nodes", "Lead users there");
        if (many && call.string("method").equals("add_nodes")) {
            Operation undone = director.operations.undo(accepted.operation().id(),
                    new ApiError(ErrorCode.CLOUD, "The cloud has no room for 9 nodes.", "Add fewer, or use another cloud."));
            return new Accepted(null, undone, null);
        }
        return accepted;
    }

    private Accepted accepted(Call call, String kind, ServiceState after, String... steps) {
        long sid = director.service(call.number("sid")).sid();
        Plan plan = FakeOperations.plan(kind, steps);
        return call.flag("plan") ? new Accepted(plan, null, null)
                : new Accepted(null, director.operations.start(sid, plan, () -> director.state(sid, after)), null);
    }

    private ServiceDetail detail(ServiceView service) {
        DesiredState desired = DesiredState.initial(Map.of(), "code-abc123").withSettings(Map.of("display_errors", "On"));
        if (service.state() != ServiceState.RUNNING) {
            return new ServiceDetail(service, desired, List.of(), null, 1, "healthy");
        }
        Set<String> first = service.type().equals("php") ? Set.of("proxy", "web") : Set.of("helloworld");
        Set<String> second = service.type().equals("php") ? Set.of("backend") : Set.of("helloworld");
        return new ServiceDetail(service, desired.withPlacement(List.of(new Placement("n1", first, "iaas"), new Placement("n2", second, "iaas"))),
                nodes(service.sid()), null, 3, "healthy");
    }

    private static List<NodeView> nodes(long sid) {
        return List.of(node("n1", sid), node("n2", sid));
    }

    private static NodeView node(String id, long sid) {
        return new NodeView(id, sid, 1, NodeKind.AGENT, NodeState.READY, "iaas", "vm-" + id, "10.1.0." + id.substring(1), 5555, FakeDirector.TIME,
                FakeDirector.TIME, FakeDirector.TIME);
    }
}
