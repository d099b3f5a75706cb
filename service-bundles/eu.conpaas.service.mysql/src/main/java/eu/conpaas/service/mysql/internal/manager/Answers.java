package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the service says of itself. */
final class Answers {
    /** @throws ApiException NOT_FOUND if it is no method of this service */
    Map<String, Object> query(String method, Map<String, Object> arguments, Situation situation) {
        return switch (method) {
            case "info" -> info(situation);
            case "get_node_info" -> node(arguments.get("serviceNodeId").toString(), situation);
            default -> throw new ApiException(ErrorCode.NOT_FOUND, "method not found: " + method, "See 'help mysql'.");
        };
    }

    private static Map<String, Object> info(Situation situation) {
        List<String> lines = new ArrayList<>(urls(situation));
        for (String role : List.of(Names.MASTERS, Names.SLAVES)) {
            String word = role.equals(Names.MASTERS) ? "master " : "slave ";
            situation.nodes(situation.from(), role).forEach(n -> lines.add(word + n.id() + ": mysql://" + n.address() + ":" + Names.PORT));
        }
        return Map.of("lines", lines);
    }

    /** Where the cloud gives the service addresses of its own, they are shown as its endpoints; else nodes' own have to do. */
    private static List<String> urls(Situation situation) {
        List<String> urls = new ArrayList<>();
        String unstable = " (this cloud has no address for it: it changes with the nodes)";
        if (situation.assignment().address() == null) {
            situation.nodes(situation.from(), Names.MASTERS).forEach(n -> urls.add("master url: mysql://" + n.address() + ":" + Names.PORT + unstable));
        }
        if (!hasReads(situation)) {
            Stream.of(Names.SLAVES, Names.MASTERS).flatMap(role -> situation.nodes(situation.from(), role).stream()).findFirst()
                    .ifPresent(n -> urls.add("slave url: mysql://" + n.address() + ":" + Names.READ_PORT + unstable));
        }
        return urls;
    }

    private static boolean hasReads(Situation situation) {
        return situation.assignment().addresses().containsKey(Names.READS);
    }

    /** Port that leads to the replicas, at the address for reads or at that of a node. */
    static int readPort(Situation situation) {
        return hasReads(situation) ? Names.PORT : Names.READ_PORT;
    }

    private static Map<String, Object> node(String id, Situation situation) {
        NodeView node = situation.assignment().nodes().stream().filter(n -> n.id().equals(id) || id.equals(n.vmid())).findFirst()
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "Invalid arguments DETAIL:serviceNodeId '" + id + "' is no node of this service.",
                        "See list_nodes."));
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("id", node.vmid() == null ? node.id() : node.vmid());
        info.put("ip", node.address());
        info.put("isMaster", situation.from().nodesWith(Names.MASTERS).contains(node.id()));
        info.put("isSlave", situation.from().nodesWith(Names.SLAVES).contains(node.id()));
        info.put("cloud", node.cloud());
        info.put("state", node.state());
        return Map.of("serviceNode", info);
    }
}
