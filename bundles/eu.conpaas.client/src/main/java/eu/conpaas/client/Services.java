package eu.conpaas.client;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.LogMatch;
import eu.conpaas.api.LogName;
import eu.conpaas.api.LogPart;
import eu.conpaas.api.NodeFigures;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Published;
import eu.conpaas.api.ServiceDetail;
import eu.conpaas.api.ServiceView;
import eu.conpaas.api.StateChange;
import eu.conpaas.rpc.HttpCall;
import eu.conpaas.rpc.HttpRpc;
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.Progress;

/** The services of a director. */
public final class Services {
    /** Longest time without progress; a large file is stored before the answer comes. */
    private static final Duration FILES = Duration.ofMinutes(5);
    private final HttpRpc http;

    Services(HttpRpc http) {
        this.http = http;
    }

    // --- look ---

    /** All services of the user. */
    public List<ServiceView> list() {
        return http.call(HttpCall.get("/list"), Json.listOf(ServiceView.class));
    }

    /** The services of an application. */
    public List<ServiceView> list(long aid) {
        return http.call(HttpCall.get("/list/" + aid), Json.listOf(ServiceView.class));
    }

    public ServiceDetail get(long sid) {
        return http.call(HttpCall.get(path(sid, "")), ServiceDetail.class);
    }

    /** States so far, oldest first. */
    public List<StateChange> history(long sid) {
        JsonNode log = http.tree(HttpCall.get(path(sid, "/history")));
        return Json.convert(log.isArray() ? log : log.path("state_log"), Json.listOf(StateChange.class));
    }

    /** What was done to a service, newest first. {@code before}: when the last one of the page before was accepted, or null; {@code limit}: 0 for the director's number */
    public List<Operation> operations(long sid, Instant before, int limit) {
        return http.call(HttpCall.get(path(sid, "/operations")).query("before", before).query("limit", limit == 0 ? null : limit), Json.listOf(Operation.class));
    }

    /** Logs of all nodes of a service that answer, or of one ({@code node} not null). */
    public List<LogName> logs(long sid, String node) {
        return http.call(HttpCall.get(path(sid, "/logs")).query("node", node), Json.listOf(LogName.class));
    }

    /**
     * Reads part of a log.
     *
     * @param node   node id, or null for the manager
     * @param file   its name there, or null for the node's own log
     * @param offset byte to begin at; negative from the end
     * @param limit  most bytes
     */
    public LogPart log(long sid, String node, String file, long offset, int limit) {
        return http.call(HttpCall.get(path(sid, "/log")).query("node", node).query("file", file).query("offset", offset).query("limit", limit),
                LogPart.class);
    }

    /**
     * Finds lines in the logs of a service's nodes.
     *
     * @param node  node id, or null for all
     * @param file  name of the log, or null for all
     * @param text  what they have in them, in whatever case
     * @param limit most lines of each log, the latest; 0 for the director's number
     */
    public List<LogMatch> searchLogs(long sid, String node, String file, String text, int limit) {
        return http.call(HttpCall.get(path(sid, "/log/search")).query("text", text).query("node", node).query("file", file).query("limit", limit == 0 ? null : limit),
                Json.listOf(LogMatch.class));
    }

    /** What the nodes of a service that answer measure, with the samples after {@code since} (seconds since 1970) of the last ten minutes. */
    public List<NodeFigures> figures(long sid, long since) {
        return http.call(HttpCall.get(path(sid, "/figures")).query("since", since), Json.listOf(NodeFigures.class));
    }

    // --- change ---

    /**
     * Creates a service. If the answer gets lost, the call is repeated and finds what the first one began.
     *
     * @param cloud null for the default
     * @param name  null for {@code New <type> service}
     */
    public Accepted create(long aid, String type, String cloud, String name) {
        return create(aid, type, cloud, name, newRequest());
    }

    /** The same with an id for the request: the same id again makes no second service but gives the operation that makes the first. */
    public Accepted create(long aid, String type, String cloud, String name, String request) {
        return http.call(HttpCall.post(creation(aid)).json(params(Map.of(), "type", type, "cloud", cloud, "name", name, "request", request)).idempotent(),
                Accepted.class);
    }

    private static String newRequest() {
        return UUID.randomUUID().toString();
    }

    /** What {@link #create} would do. */
    public Accepted planCreate(long aid, String type, String cloud, String name) {
        return http.call(HttpCall.post(creation(aid)).json(params(Map.of(), "type", type, "cloud", cloud, "name", name, "plan", true)), Accepted.class);
    }

    /** Creates a service as 1.3.1 does: answers when its manager is up, after minutes maybe. */
    public ServiceView start(long aid, String type, String cloud) {
        String path = "/start/" + HttpCall.segment(type) + (cloud == null ? "" : "/" + HttpCall.segment(cloud));
        return http.call(HttpCall.post(path).field("appid", aid).timeout(java.time.Duration.ofMinutes(10)), ServiceView.class);
    }

    /**
     * Makes a change that the service type's descriptor calls {@code change}: {@code startup}, {@code shutdown}, {@code add_nodes}, …. If the answer
     * gets lost, the call is repeated and finds what the first one began.
     *
     * @param confirm whether a plan that asks for confirmation is accepted
     */
    public Accepted change(long sid, String method, Map<String, ?> params, boolean confirm) {
        return change(sid, method, params, confirm, newRequest());
    }

    /** The same with an id for the request: the same id again changes nothing more but gives the operation of the first call. */
    public Accepted change(long sid, String method, Map<String, ?> params, boolean confirm, String request) {
        return http.call(call(sid, method).json(params(params, "confirm", confirm ? true : null, "request", request)).idempotent(), Accepted.class);
    }

    /**
     * Makes a change to a service as the user saw it.
     *
     * @param based version of the desired state that was seen
     * @throws eu.conpaas.api.ApiException CONFLICT, saying who changed what, if that is no longer the present one
     */
    public Accepted changeFrom(long sid, long based, String method, Map<String, ?> params, boolean confirm) {
        return http.call(call(sid, method).json(params(params, "confirm", confirm ? true : null, "based", based, "request", newRequest())).idempotent(), Accepted.class);
    }

    /** What {@link #changeFrom} would do and cost. */
    public Accepted planFrom(long sid, long based, String method, Map<String, ?> params) {
        return http.call(call(sid, method).json(params(params, "plan", true, "based", based)), Accepted.class);
    }

    /** Makes a change that takes a file, or answers its plan. */
    public Accepted change(long sid, String method, Map<String, ?> params, String field, Path file, boolean plan, boolean confirm) {
        HttpCall call = call(sid, method).file(field, file).timeout(FILES);
        params.forEach(call::field);
        return http.call(call.field("plan", plan ? true : null).field("confirm", confirm ? true : null), Accepted.class);
    }

    /** What {@link #change} would do and cost. */
    public Accepted plan(long sid, String method, Map<String, ?> params) {
        return http.call(call(sid, method).json(params(params, "plan", true)), Accepted.class);
    }

    /** Calls any other method, one that the descriptor calls {@code store} or {@code query}. */
    public JsonNode call(long sid, String method, Map<String, ?> params) {
        return http.tree(call(sid, method).json(params));
    }

    /** Calls a method that takes a file. */
    public JsonNode upload(long sid, String method, Map<String, ?> params, String field, Path file, Progress progress) {
        HttpCall call = call(sid, method).file(field, file).timeout(FILES).progress(progress);
        params.forEach(call::field);
        return http.tree(call);
    }

    /** Calls a method that answers with a file. */
    public void download(long sid, String method, Map<String, ?> params, Path target, Progress progress) {
        http.download(call(sid, method).json(params).progress(progress), target);
    }

    /** Calls a method that answers with a file, and writes it; the stream is not closed. */
    public void download(long sid, String method, Map<String, ?> params, OutputStream out) {
        http.download(call(sid, method).json(params).timeout(FILES), out);
    }

    public void rename(long sid, String name) {
        http.run(HttpCall.post("/rename/" + sid).field("name", name));
    }

    /** Ends the service and all its nodes, from any state. */
    public Accepted terminate(long sid, boolean confirm) {
        return http.call(HttpCall.post(path(sid, "/terminate")).json(params(Map.of(), "confirm", confirm ? true : null)), Accepted.class);
    }

    public Accepted planTerminate(long sid) {
        return http.call(HttpCall.post(path(sid, "/terminate")).json(Map.of("plan", true)), Accepted.class);
    }

    // --- code ---

    /** Newest first. */
    public List<CodeVersion> versions(long sid) {
        return http.call(HttpCall.get(path(sid, "/versions")), Json.listOf(CodeVersion.class));
    }

    /** Uploads an archive; it is not active yet. @throws eu.conpaas.api.ApiException BAD_ARCHIVE, saying what is wrong in it */
    public CodeVersion uploadVersion(long sid, Path archive, String description, Progress progress) {
        return http.call(HttpCall.post(path(sid, "/versions")).file("code", archive).field("description", description).progress(progress),
                CodeVersion.class);
    }

    public void downloadVersion(long sid, String version, Path target, Progress progress) {
        http.download(HttpCall.get(path(sid, "/versions/" + HttpCall.segment(version))).progress(progress), target);
    }

    /** @throws eu.conpaas.api.ApiException CONFLICT if it is in use */
    public void deleteVersion(long sid, String version) {
        http.run(HttpCall.delete(path(sid, "/versions/" + HttpCall.segment(version))));
    }

    /** Stores the script that nodes made later run before their engines. */
    public void uploadStartupScript(long sid, Path script) {
        http.run(HttpCall.put(path(sid, "/startup-script")).file("script", script));
    }

    /** What the other services of its application publish to a service. */
    public List<Published> references(long sid) {
        return http.call(HttpCall.get("/services/" + sid + "/references"), Json.listOf(Published.class));
    }

    /** @throws eu.conpaas.api.ApiException NOT_FOUND if there is none */
    public String startupScript(long sid) {
        return http.text(HttpCall.get(path(sid, "/startup-script")));
    }

    private static HttpCall call(long sid, String method) {
        return HttpCall.post(path(sid, "/call/" + HttpCall.segment(method)));
    }

    private static String creation(long aid) {
        return "/applications/" + aid + "/services";
    }

    private static String path(long sid, String rest) {
        return "/services/" + sid + rest;
    }

    /** The parameters and some pairs of name and value; null values are left out. */
    private static Map<String, Object> params(Map<String, ?> given, Object... pairs) {
        Map<String, Object> all = new LinkedHashMap<>(given);
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                all.put((String) pairs[i], pairs[i + 1]);
            }
        }
        return all;
    }
}
