package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Placement;
import eu.conpaas.service.manager.Situation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Data folders in what the service's nodes share.
 *
 * @param situation in which nodes come and go
 */
record Folders(Situation situation) {
    static long lead(Map<String, Object> folder) {
        return ((Number) folder.get("lead")).longValue();
    }

    static String name(Map<String, Object> folder) {
        return folder.get("name").toString();
    }

    /** Those of nodes that are no more. */
    List<Map<String, Object>> leftBehind(NodeView asked) {
        Set<String> names = new HashSet<>(situation.to().placement().stream().map(Placement::node).toList());
        situation.from().placement().stream().map(Placement::node).filter(n -> !situation.assignment().dead().contains(n)).forEach(names::add);
        return new Crew(situation).folders(asked).stream().filter(f -> !names.contains(name(f))).toList();
    }

    /** Has a node without data take over one that was left. @return whether there was one */
    boolean adoptAny(NodeView node) {
        for (Map<String, Object> folder : leftBehind(node)) {
            try {
                new Crew(situation).adopt(node, name(folder));
                return true;
            } catch (ApiException e) {
                // another server was quicker
                if (e.error().code() != ErrorCode.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return false;
    }
}
