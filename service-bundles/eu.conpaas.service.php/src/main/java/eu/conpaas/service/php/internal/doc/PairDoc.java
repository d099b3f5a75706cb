package eu.conpaas.service.php.internal.doc;

import eu.conpaas.service.php.internal.Release;
import eu.conpaas.service.php.internal.Roles;
import java.util.Map;
import java.util.TreeMap;

/**
 * nginx and PHP-FPM with one set of settings.
 *
 * @param slot        0 or 1; the slot's port is {@link Roles#BACKEND_PORT} plus it
 * @param settings    PHP settings, all of them
 * @param environment environment variables of the application
 * @param sessions    where sessions are kept, as PHP spells it
 * @param children    PHP processes at most
 */
public record PairDoc(int slot, Map<String, String> settings, Map<String, String> environment, String sessions, int children) {
    public PairDoc {
        settings = new TreeMap<>(settings);
        environment = new TreeMap<>(environment);
    }

    public int port() {
        return Roles.BACKEND_PORT + slot;
    }

    public PairDoc in(int newSlot) {
        return new PairDoc(newSlot, settings, environment, sessions, children);
    }

    /** The same for pairs that differ in nothing but their slot. */
    public String fingerprint() {
        return Release.digest(settings + "|" + environment + "|" + sessions + "|" + children).substring(0, 16);
    }
}
