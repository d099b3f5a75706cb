package eu.conpaas.service.web.doc;

import eu.conpaas.service.web.Release;
import eu.conpaas.service.web.Roles;
import java.util.Map;
import java.util.TreeMap;

/**
 * The engines of a backend with one set of settings: what runs the application, ready to answer at one port.
 *
 * @param slot        0 or 1; the slot's port is {@link Roles#BACKEND_PORT} plus it
 * @param settings    the service's settings, all of them
 * @param environment environment variables of the application
 * @param sessions    what the engine has to know of the session store: its password
 * @param children    requests answered at the same time at most
 */
public record EnginesDoc(int slot, Map<String, String> settings, Map<String, String> environment, String sessions, int children) {
    public EnginesDoc {
        settings = new TreeMap<>(settings);
        environment = new TreeMap<>(environment);
    }

    public int port() {
        return Roles.BACKEND_PORT + slot;
    }

    public EnginesDoc in(int newSlot) {
        return new EnginesDoc(newSlot, settings, environment, sessions, children);
    }

    /** The same for sets that differ in nothing but their slot. */
    public String fingerprint() {
        return Release.digest(settings + "|" + environment + "|" + sessions + "|" + children).substring(0, 16);
    }
}
