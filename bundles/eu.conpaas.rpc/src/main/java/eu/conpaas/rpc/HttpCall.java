package eu.conpaas.rpc;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call to make with {@link HttpRpc}. Usable several times, not thread-safe.
 * <pre>
 * HttpCall.post("/services/" + sid + "/versions").file("code", archive).field("description", "fix").progress(bar::set)
 * </pre>
 */
public final class HttpCall {
    private enum Form { NONE, URLENCODED, JSON, MULTIPART }

    private final String verb;
    private final String path;
    private final Map<String, String> query = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final Map<String, String> filenames = new LinkedHashMap<>();
    private Form form = Form.NONE;
    private Object json;
    private Duration timeout;
    private boolean idempotent;
    private Progress progress = (done, total) -> { };
    private Cancellation cancellation;

    private HttpCall(String verb, String path) {
        this.verb = verb;
        this.path = path;
        this.idempotent = verb.equals("GET");
    }

    public static HttpCall get(String path) {
        return new HttpCall("GET", path);
    }

    public static HttpCall post(String path) {
        return new HttpCall("POST", path);
    }

    public static HttpCall put(String path) {
        return new HttpCall("PUT", path);
    }

    public static HttpCall delete(String path) {
        return new HttpCall("DELETE", path);
    }

    /** Makes one text fit to be one segment of a path. */
    public static String segment(Object text) {
        return URLEncoder.encode(text.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Adds to the query, unless the value is null. Nothing secret: queries end in logs. */
    public HttpCall query(String name, Object value) {
        if (value != null) {
            query.put(name, value.toString());
        }
        return this;
    }

    /** Adds to a form (or to the fields of an upload), unless the value is null. */
    public HttpCall field(String name, Object value) {
        if (value != null) {
            fields.put(name, value.toString());
        }
        form = form == Form.NONE ? Form.URLENCODED : form;
        return this;
    }

    /** Adds a file under its own name; the body becomes multipart. */
    public HttpCall file(String name, Path file) {
        return file(name, file, file.getFileName().toString());
    }

    public HttpCall file(String name, Path file, String filename) {
        files.put(name, file);
        filenames.put(name, filename);
        form = Form.MULTIPART;
        return this;
    }

    /** Sends this as JSON. */
    public HttpCall json(Object body) {
        json = body;
        form = Form.JSON;
        return this;
    }

    public HttpCall header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Longest time in all; with files the longest time without progress. Default: the client's. */
    public HttpCall timeout(Duration time) {
        timeout = time;
        return this;
    }

    /** Says that making the call twice does no harm, so that it is repeated if the connection fails. GETs are so anyway. */
    public HttpCall idempotent() {
        idempotent = true;
        return this;
    }

    public HttpCall progress(Progress listener) {
        progress = listener;
        return this;
    }

    public HttpCall cancellation(Cancellation by) {
        cancellation = by;
        return this;
    }

    /**
     * The finished call, for the client's inside.
     *
     * @param json what to send as JSON, if {@code isJson}
     */
    public record Parts(String verb, String path, Map<String, String> query, Map<String, String> headers, Map<String, String> fields,
            Map<String, Path> files, Map<String, String> filenames, boolean isForm, boolean isJson, Object json, Duration timeout,
            boolean idempotent, Progress progress, Cancellation cancellation) {
    }

    /** A copy of all that has been set. */
    public Parts parts() {
        return new Parts(verb, path, new LinkedHashMap<>(query), new LinkedHashMap<>(headers), new LinkedHashMap<>(fields),
                new LinkedHashMap<>(files), new LinkedHashMap<>(filenames), form == Form.URLENCODED, form == Form.JSON, json, timeout,
                idempotent, progress, cancellation);
    }

    @Override
    public String toString() {
        return verb + " " + path;
    }
}
