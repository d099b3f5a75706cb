package eu.conpaas.service.web.doc;

import java.util.List;

/**
 * How the engines of a node that run the application shall be.
 *
 * @param engines one set, or two while settings change
 * @param store   address of the session store, to which the node's own door for sessions leads
 * @param old     releases beside the active one whose users are served to the end of their sessions
 */
public record BackendDoc(String key, CodeDoc code, List<EnginesDoc> engines, String store, List<CodeDoc> old) {
    public BackendDoc {
        old = old == null ? List.of() : List.copyOf(old);
        engines = List.copyOf(engines);
    }

    /** Serves one release only. */
    public BackendDoc(String key, CodeDoc code, List<EnginesDoc> engines, String store) {
        this(key, code, engines, store, List.of());
    }
}
