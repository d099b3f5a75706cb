package eu.conpaas.service.web.doc;

import eu.conpaas.service.web.Release;
import java.util.List;

/**
 * A release that a node shall have.
 *
 * @param version    code version id
 * @param persistent persistent folders
 * @param hash       of its archive, or null for the built-in version
 * @param time       milliseconds since 1970 that its files are dated, the same on all nodes
 * @param keep       names of all releases the node may keep; others are removed
 */
public record CodeDoc(String version, List<String> persistent, String hash, long time, List<String> keep) {
    public CodeDoc {
        persistent = List.copyOf(persistent);
        keep = List.copyOf(keep);
    }

    public Release release() {
        return new Release(version, persistent);
    }
}
