package eu.conpaas.service.web.doc;

import java.util.List;

/**
 * How the static-file engine of a node shall be.
 *
 * @param old releases beside the active one whose users are served to the end of their sessions
 */
public record WebDoc(String key, CodeDoc code, List<CodeDoc> old) {
    public WebDoc {
        old = old == null ? List.of() : List.copyOf(old);
    }

    /** Serves one release only. */
    public WebDoc(String key, CodeDoc code) {
        this(key, code, List.of());
    }
}
