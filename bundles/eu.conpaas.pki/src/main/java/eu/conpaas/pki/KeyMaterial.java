package eu.conpaas.pki;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The credentials in use, which can be replaced while servers and clients run: new connections use the new ones at once. Thread-safe.
 */
public final class KeyMaterial {
    private volatile Credentials current;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** @param credentials the first ones, or null for a client that has none (yet) */
    public KeyMaterial(Credentials credentials) {
        current = credentials;
    }

    /** For a client without a certificate. */
    public static KeyMaterial none() {
        return new KeyMaterial(null);
    }

    /** The credentials in use, or null. */
    public Credentials current() {
        return current;
    }

    public void replace(Credentials credentials) {
        current = credentials;
        listeners.forEach(Runnable::run);
    }

    /** Runs after each replacement, on the replacing thread. */
    public void onReplace(Runnable listener) {
        listeners.add(listener);
    }

    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }
}
