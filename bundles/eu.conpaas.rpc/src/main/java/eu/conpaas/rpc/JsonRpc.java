package eu.conpaas.rpc;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.internal.http.Failures;

/**
 * Calls the methods of a manager or agent (see {@link MethodTable}), of this release or of 1.3.1. Failures come as {@link ApiException}, those of
 * 1.3.1, which have no code, as BAD_REQUEST. Thread-safe.
 */
public final class JsonRpc {
    private static final String TYPE = "application/json";
    private final HttpRpc http;
    private final Duration timeout;
    private final Cancellation cancellation;

    /** @param http client whose base is the address of the manager or agent */
    public JsonRpc(HttpRpc http) {
        this(http, null, null);
    }

    private JsonRpc(HttpRpc http, Duration timeout, Cancellation cancellation) {
        this.http = http;
        this.timeout = timeout;
        this.cancellation = cancellation;
    }

    /** The same with another deadline for each call. */
    public JsonRpc timeout(Duration time) {
        return new JsonRpc(http, time, cancellation);
    }

    /** The same, with calls that can be cancelled. */
    public JsonRpc cancellation(Cancellation by) {
        return new JsonRpc(http, timeout, by);
    }

    /** Calls a GET method; it is repeated if the connection fails. */
    public JsonNode get(String method, Map<String, ?> params) {
        return result(http.tree(set(getCall(method, params))));
    }

    /** Calls a POST method. */
    public JsonNode post(String method, Map<String, ?> params) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("method", method);
        body.put("params", params);
        body.put("id", 1);
        return result(http.tree(set(HttpCall.post("/").json(body))));
    }

    /** Calls an UPLOAD method with one file. */
    public JsonNode upload(String method, Map<String, ?> params, String field, Path file, Progress progress) {
        HttpCall call = HttpCall.post("/").field("method", method).file(field, file).progress(progress);
        params.forEach(call::field);
        return result(http.tree(set(call)));
    }

    /** Calls a GET method that answers with a file. */
    public void download(String method, Map<String, ?> params, Path target, Progress progress) {
        http.download(set(getCall(method, params).progress(progress)), target);
    }

    /** Streams the file a GET method answers with; the stream is not closed. */
    public void download(String method, Map<String, ?> params, OutputStream out) {
        http.download(set(getCall(method, params)), out);
    }

    private static HttpCall getCall(String method, Map<String, ?> params) {
        return HttpCall.get("/").query("method", method).query("params", Json.write(params)).query("id", 1).header("Content-Type", TYPE);
    }

    private HttpCall set(HttpCall call) {
        if (timeout != null) {
            call.timeout(timeout);
        }
        return cancellation == null ? call : call.cancellation(cancellation);
    }

    private static JsonNode result(JsonNode answer) {
        if (answer == null || !answer.isObject()) {
            throw new ApiException(ErrorCode.INTERNAL, "The answer is not what was expected.", "Compare the releases of both sides.");
        }
        if (answer.hasNonNull("error")) {
            int status = ErrorCode.BAD_REQUEST.status();
            throw new ApiException(answer.has("code") ? Failures.error(answer, status)
                    : new ApiError(ErrorCode.BAD_REQUEST, answer.get("error").asText(), ""));
        }
        return answer.path("result");
    }
}
