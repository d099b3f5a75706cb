package eu.conpaas.director.internal.store;

import eu.conpaas.rpc.Json;

/** JSON of the documents in the database; fields another release wrote are left aside on reading, so that going back one release works. */
public final class Docs {
    private Docs() {
    }

    /** The text, or null for null. */
    public static String write(Object value) {
        return value == null ? null : Json.write(value);
    }

    public static <T> T read(String text, Class<T> type) {
        return Json.read(text, type);
    }
}
