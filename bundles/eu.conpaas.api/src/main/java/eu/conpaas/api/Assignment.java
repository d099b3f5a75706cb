package eu.conpaas.api;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All a manager needs to know, whole, sent by the director whenever any of it changes
 * ({@code GET /managers/work?seen=<version>} blocks until there is a newer one, at most 25 s).
 *
 * @param version     grows with each change of this document
 * @param epoch       the manager's epoch; every call it makes carries it
 * @param service     the service
 * @param desired     state the service shall be in; while an operation is under way, the state before it
 * @param target      while an operation is under way: the state after it (placement with node ids), else null
 * @param operation   the unfinished operation, or null
 * @param nodes       all alive agent nodes of the service (also those leaving and those found dead)
 * @param dead        ids of nodes among them whose lease has run out
 * @param versions    code versions of the service
 * @param sharedFolder path on the nodes of the folder they share, or null
 * @param address     public address of the service, or null
 * @param published   what the other services of the application publish, oldest service first
 * @param secrets     values only this service's nodes may know (session store password, …), by name, made by the director once per service
 * @param git         its Git repository, or null if nobody has given it a key yet
 * @param callers     users who may call the manager themselves; null from a director that does not tell: who owns the node
 * @param addresses   further addresses of the service by their ids; none where the cloud does not give them
 */
public record Assignment(long version, long epoch, ServiceView service, DesiredState desired, DesiredState target, Operation operation,
        List<NodeView> nodes, List<String> dead, List<CodeVersion> versions, String sharedFolder, String address,
        List<Published> published, Map<String, String> secrets, GitRepository git, Callers callers, Map<String, String> addresses) {
    public Assignment {
        nodes = List.copyOf(nodes);
        dead = List.copyOf(dead);
        versions = List.copyOf(versions);
        published = published == null ? List.of() : List.copyOf(published);
        secrets = Map.copyOf(secrets);
        addresses = addresses == null ? Map.of() : Map.copyOf(addresses);
    }

    /**
     * Users who may call a manager themselves: the owner and the developers of the application, as far as their accounts are not disabled.
     *
     * @param uids    their ids
     * @param revoked serial numbers (hexadecimal) of certificates of theirs that are void
     */
    public record Callers(Set<Long> uids, Set<String> revoked) {
        public Callers {
            uids = Set.copyOf(uids);
            revoked = Set.copyOf(revoked);
        }
    }

    /** One without a Git repository and further addresses. */
    public Assignment(long version, long epoch, ServiceView service, DesiredState desired, DesiredState target, Operation operation, List<NodeView> nodes,
            List<String> dead, List<CodeVersion> versions, String sharedFolder, String address, List<Published> published,
            Map<String, String> secrets) {
        this(version, epoch, service, desired, target, operation, nodes, dead, versions, sharedFolder, address, published, secrets, null, null, Map.of());
    }

    /** The node with this id. @throws IllegalArgumentException if it is not in this assignment */
    public NodeView node(String id) {
        return nodes.stream().filter(n -> n.id().equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no node " + id + " in the assignment"));
    }
}
