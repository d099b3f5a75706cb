package eu.conpaas.service.web.doc;

/**
 * An engine that proxies send requests to.
 *
 * @param name   unique among those of its role, letters, digits and -
 * @param slots  requests it gets at the same time; more wait in the proxy
 * @param weight share of the requests, 1 to 256
 */
public record ServerDoc(String name, String address, int port, int slots, int weight) {
    public ServerDoc {
        if (!name.matches("[A-Za-z0-9-]+") || !address.matches("[0-9a-fA-F.:]+")) {
            throw new IllegalArgumentException("not a server: " + name + " at " + address);
        }
    }
}
