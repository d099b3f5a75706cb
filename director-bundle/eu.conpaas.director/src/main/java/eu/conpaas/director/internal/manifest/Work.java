package eu.conpaas.director.internal.manifest;

import java.util.List;
import java.util.Map;

/**
 * What a manifest's operation has to do, kept with the operation. Secrets are apart from it.
 *
 * @param fresh whether the application is new
 * @param items services it is about
 * @param deeds one for each step of the plan
 */
record Work(boolean fresh, List<Item> items, List<Deed> deeds) {
    /** Name under which it is noted. */
    static final String NOTE = "work";
    static final String FETCH = "fetch";
    static final String CREATE = "create-service";
    static final String SCRIPT = "startup-script";
    static final String FIELD = "field";
    static final String CALL = "call";
    static final String REMOVE = "remove-service";

    Work {
        items = List.copyOf(items);
        deeds = List.copyOf(deeds);
    }

    Deed deed(String step) {
        return deeds.stream().filter(d -> d.step().equals(step)).findFirst().orElseThrow();
    }

    /**
     * A service.
     *
     * @param sid its id, 0 if it is still to be made
     */
    record Item(String name, String type, String cloud, long sid) {
    }

    /**
     * A step.
     *
     * @param item      index of the service
     * @param name      URL of {@link #FETCH}, key of {@link #FIELD}, method of {@link #CALL}
     * @param value     of a field, if it is no secret, or arguments of a call
     * @param file      step that fetched the file, or null
     */
    record Deed(String step, String kind, int item, String name, Object value, String file) {
        @SuppressWarnings("unchecked")
        Map<String, Object> arguments() {
            return (Map<String, Object>) value;
        }
    }
}
