package eu.conpaas.rpc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import eu.conpaas.rpc.internal.Reflect;

/** The table of a server's endpoints. */
public final class Endpoints {
    private final List<Endpoint> all = new ArrayList<>();
    private final Map<String, String> seen = new HashMap<>();

    /** The {@link Expose}d methods of these objects. */
    public static Endpoints of(Object... targets) {
        Endpoints endpoints = new Endpoints();
        for (Object target : targets) {
            Reflect.endpoints(target).forEach(endpoints::add);
        }
        return endpoints;
    }

    /** @throws IllegalArgumentException if verb and path are taken */
    public Endpoints add(Endpoint endpoint) {
        for (Verb verb : endpoint.verbs()) {
            String key = verb + " " + endpoint.path().replaceAll("\\{[^}]*}", "{}");
            String other = seen.putIfAbsent(key, endpoint.path());
            if (other != null) {
                throw new IllegalArgumentException("two endpoints for " + verb + " " + endpoint.path());
            }
        }
        all.add(endpoint);
        return this;
    }

    public List<Endpoint> all() {
        return Collections.unmodifiableList(all);
    }
}
