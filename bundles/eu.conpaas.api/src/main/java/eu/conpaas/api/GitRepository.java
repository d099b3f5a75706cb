package eu.conpaas.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Git repository of a service as the director keeps it: all a manager needs to serve it.
 *
 * @param version  grows with each change of any of this
 * @param head     branch whose pushes make code versions, such as {@code refs/heads/main}, or null before the first push
 * @param activate whether a pushed code version is made active
 * @param refs     branches and tags, by full name, and the object each leads to (40 hexadecimal digits)
 * @param packs    packs of objects, by SHA-256 in the content store, oldest first; each holds all its objects whole
 * @param keys     public keys that may read and push, each {@code <type> <base64>}
 */
public record GitRepository(long version, String head, boolean activate, Map<String, String> refs, List<String> packs, List<String> keys) {
    public GitRepository {
        refs = refs == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(refs));
        packs = packs == null ? List.of() : List.copyOf(packs);
        keys = keys == null ? List.of() : List.copyOf(keys);
    }
}
