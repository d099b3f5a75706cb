package eu.conpaas.api;

import java.util.Set;
import java.util.TreeSet;

/**
 * Which roles one node of a service has.
 *
 * @param node  node id (of a stored node), or in a plan a slot name {@code new-1}, {@code new-2}, … of a node still to be made
 * @param roles role ids of the service's descriptor, never empty
 * @param cloud name of the cloud the node is (to be) made on
 */
public record Placement(String node, Set<String> roles, String cloud) {
    /** Prefix of slot names. */
    public static final String SLOT = "new-";

    public Placement {
        roles = java.util.Collections.unmodifiableSet(new TreeSet<>(roles));
    }

    public boolean has(String role) {
        return roles.contains(role);
    }

    /** Whether the node is still to be made. */
    public boolean isSlot() {
        return node.startsWith(SLOT);
    }
}
