package eu.conpaas.service.web.doc;

import java.util.List;

/**
 * How a proxy shall be.
 *
 * @param publicAddress address of the service that this proxy listens on beside its own, or null
 * @param release       name of the release requests are served from
 * @param key           what proves to the other engines that a request came through a proxy
 * @param backendOnly   whether backends are asked for everything, files too
 * @param sessions      how sessions are treated, or null if they are no matter of proxies
 */
public record ProxyDoc(String publicAddress, String release, String key, List<ServerDoc> web, List<ServerDoc> backend, boolean backendOnly,
        SessionDoc sessions) {
    public ProxyDoc {
        web = List.copyOf(web);
        backend = List.copyOf(backend);
    }

    /** Files come from the web role, and sessions are no matter of proxies. */
    public ProxyDoc(String publicAddress, String release, String key, List<ServerDoc> web, List<ServerDoc> backend) {
        this(publicAddress, release, key, web, backend, false, null);
    }
}
