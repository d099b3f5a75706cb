package eu.conpaas.api;

import java.util.List;

/**
 * All a client shows of one service ({@code GET /services/<sid>}).
 *
 * @param service        as listed
 * @param desired        what it shall be
 * @param nodes          its alive nodes, manager included
 * @param operation      the unfinished operation, or null
 * @param creditsPerHour what it costs now
 * @param health         {@code healthy}, or what is wrong, in one line
 */
public record ServiceDetail(ServiceView service, DesiredState desired, List<NodeView> nodes, Operation operation, int creditsPerHour,
        String health) {
    public ServiceDetail {
        nodes = List.copyOf(nodes);
    }
}
