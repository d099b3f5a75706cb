package eu.conpaas.service.web.doc;

import java.util.List;

/**
 * How the engines of a node that run the application shall be.
 *
 * @param engines one set, or two while settings change
 */
public record BackendDoc(String key, CodeDoc code, List<EnginesDoc> engines) {
    public BackendDoc {
        engines = List.copyOf(engines);
    }
}
