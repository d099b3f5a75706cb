package eu.conpaas.service.web.doc;

import java.util.List;

/**
 * How a proxy shall be.
 *
 * @param publicAddress address of the service that this proxy listens on beside its own, or null
 * @param release       name of the release requests are served from
 * @param key           what proves to the other engines that a request came through a proxy
 */
public record ProxyDoc(String publicAddress, String release, String key, List<ServerDoc> web, List<ServerDoc> backend) {
    public ProxyDoc {
        web = List.copyOf(web);
        backend = List.copyOf(backend);
    }
}
