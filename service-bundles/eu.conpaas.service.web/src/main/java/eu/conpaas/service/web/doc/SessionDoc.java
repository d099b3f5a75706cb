package eu.conpaas.service.web.doc;

import java.util.Map;

/**
 * How proxies treat sessions: a user stays with the backend that made the session as long as it serves, and with the code version that the
 * session's id ends with (after a dot) as long as that is kept.
 *
 * @param cookie name of the cookie that carries the session's id
 * @param kept   old code versions and the release each is served from
 */
public record SessionDoc(String cookie, Map<String, String> kept) {
    public SessionDoc {
        if (!cookie.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("not the name of a cookie: " + cookie);
        }
        kept = Map.copyOf(kept);
    }
}
