package eu.conpaas.node.internal;

import eu.conpaas.api.NodeContext;
import eu.conpaas.service.runtime.Metrics;
import eu.conpaas.service.runtime.NodeFolders;
import eu.conpaas.service.runtime.NodeLogs;
import eu.conpaas.service.runtime.NodeMethods;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/** What agents and managers have alike: logs and metrics. */
final class Common {
    private final Metrics metrics = new Metrics();
    private final NodeContext context;
    private final NodeLogs logs;
    private volatile Supplier<Map<String, Path>> more = Map::of;

    Common(NodeContext context, NodeFolders folders) {
        this.context = context;
        this.logs = new NodeLogs(folders.logs(), () -> more.get());
    }

    void addLogs(Supplier<Map<String, Path>> supplier) {
        more = supplier;
    }

    Metrics metrics() {
        return metrics;
    }

    NodeLogs logs() {
        return logs;
    }

    NodeMethods methods() {
        return new NodeMethods(logs, metrics, Map.of("node", context.node(), "service", Long.toString(context.sid()), "type", context.type(),
                "kind", context.kind().name().toLowerCase(java.util.Locale.ROOT)));
    }
}
