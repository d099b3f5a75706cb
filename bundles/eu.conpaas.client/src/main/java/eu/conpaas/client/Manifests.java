package eu.conpaas.client;

import com.fasterxml.jackson.databind.JsonNode;
import eu.conpaas.api.Accepted;
import eu.conpaas.rpc.HttpCall;
import eu.conpaas.rpc.HttpRpc;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Manifests: applications described by one text. */
public final class Manifests {
    private static final Duration SHORT = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofHours(1);
    private final HttpRpc http;

    Manifests(HttpRpc http) {
        this.http = http;
    }

    /** What a manifest would make. @throws eu.conpaas.api.ApiException with all that is wrong with it */
    public Accepted planCreate(String manifest) {
        return http.call(HttpCall.post("/manifests").json(body(manifest, true, false)), Accepted.class);
    }

    /** Makes an application of a manifest; the operation in the answer says which. */
    public Accepted create(String manifest, boolean confirm) {
        return http.call(HttpCall.post("/manifests").json(body(manifest, false, confirm)), Accepted.class);
    }

    /** What would change if an application were made to be as a manifest says. */
    public Accepted planUpdate(long aid, String manifest) {
        return http.call(HttpCall.put(path(aid)).json(body(manifest, true, false)), Accepted.class);
    }

    /** Makes an application be as a manifest says; no operation in the answer: it is so already. */
    public Accepted update(long aid, String manifest, boolean confirm) {
        return http.call(HttpCall.put(path(aid)).json(body(manifest, false, confirm)), Accepted.class);
    }

    /**
     * The manifest of an application as it is.
     *
     * @param secrets whether values of variables that look like secrets are in it
     * @param data    whether links to the data of running services are in it, such as dumps, which are made for it
     */
    public JsonNode download(long aid, boolean secrets, boolean data) {
        return http.tree(HttpCall.get(path(aid)).query("secrets", secrets ? true : null).query("data", data ? true : null).timeout(data ? LONG : SHORT));
    }

    private static String path(long aid) {
        return "/applications/" + aid + "/manifest";
    }

    private static Map<String, Object> body(String manifest, boolean plan, boolean confirm) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("manifest", manifest);
        body.put("plan", plan);
        body.put("confirm", confirm);
        return body;
    }
}
