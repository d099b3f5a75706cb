package eu.conpaas.service.mysql.internal.doc;

import java.util.List;

/**
 * What a server of a cluster is told of the others.
 *
 * @param peers addresses of all servers that may be in the cluster, its own too
 */
public record ClusterDoc(List<String> peers) {
    public ClusterDoc {
        peers = peers == null ? List.of() : List.copyOf(peers);
    }
}
