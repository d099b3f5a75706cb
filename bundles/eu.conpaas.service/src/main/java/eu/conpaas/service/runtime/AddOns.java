package eu.conpaas.service.runtime;

import eu.conpaas.api.Assignment;
import eu.conpaas.api.NodeContext;
import eu.conpaas.service.manager.GitLink;
import eu.conpaas.service.manager.ManagerAddOn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The add-ons of one manager, each told what the director says from the moment it is there. */
public final class AddOns implements AutoCloseable {
    private final NodeContext node;
    private final Path folder;
    private final GitLink director;
    private volatile List<ManagerAddOn.Running> running = List.of();
    private Assignment latest;
    private boolean closed;

    /** @param folder in which each add-on may have what it keeps */
    public AddOns(NodeContext node, Path folder, GitLink director) {
        this.node = node;
        this.folder = folder;
        this.director = director;
    }

    /** One that has come. */
    public synchronized void add(ManagerAddOn addOn) {
        if (closed) {
            return;
        }
        List<ManagerAddOn.Running> all = new ArrayList<>(running);
        all.add(addOn.start(node, folder, director));
        running = List.copyOf(all);
        if (latest != null) {
            running.getLast().assigned(latest);
        }
    }

    /** Hands an assignment on. */
    public synchronized void assigned(Assignment assignment) {
        latest = assignment;
        running.forEach(r -> r.assigned(assignment));
    }

    Map<String, Object> info() {
        Map<String, Object> info = new LinkedHashMap<>();
        running.forEach(r -> info.putAll(r.info()));
        return info;
    }

    /** @return the answer, or null if no add-on has this method */
    Map<String, Object> query(String method, Map<String, Object> arguments) {
        for (ManagerAddOn.Running addOn : running) {
            Map<String, Object> answer = addOn.query(method, arguments);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    @Override
    public synchronized void close() {
        closed = true;
        running.forEach(ManagerAddOn.Running::close);
        running = List.of();
    }
}
