package eu.conpaas.api;

import java.util.List;

/**
 * A cloud the director uses ({@code GET /clouds}). Nothing of its credentials is in it.
 *
 * @param name         its name; {@code default} is used where none is named
 * @param driver       kind of cloud
 * @param usable       whether it can be used, as far as the director knows
 * @param detail       what is wrong, or null
 * @param capabilities what it offers beside nodes: VOLUMES, SHARED_FOLDER, FIREWALL, ADDRESS
 * @param notices      what users should know, such as that nodes are not isolated
 * @param nodes        alive nodes of the applications the caller sees
 * @param allNodes     alive nodes of all users; null unless an administrator asks ({@code GET /clouds/all})
 * @param perHour      credits a node costs an hour
 */
public record CloudView(String name, String driver, boolean usable, String detail, List<String> capabilities, List<String> notices, int nodes, Integer allNodes,
        int perHour) {
    public CloudView {
        capabilities = List.copyOf(capabilities);
        notices = List.copyOf(notices);
    }
}
