package eu.conpaas.service.web.doc;

import java.util.List;

/**
 * How the engines of a node that run the application shall be.
 *
 * @param engines one set, or two while settings change
 * @param store   address of the session store, to which the node's own door for sessions leads
 */
public record BackendDoc(String key, CodeDoc code, List<EnginesDoc> engines, String store) {
    public BackendDoc {
        engines = List.copyOf(engines);
    }
}
