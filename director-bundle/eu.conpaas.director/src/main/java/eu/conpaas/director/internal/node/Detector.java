package eu.conpaas.director.internal.node;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import eu.conpaas.api.NodeState;
import eu.conpaas.cloud.Cloud;
import eu.conpaas.director.internal.event.Bells;
import eu.conpaas.director.internal.store.Database;

/**
 * Finds out who is dead. When all nodes look dead at once it is the director that is cut off, so then only those count that the cloud
 * itself says are no more.
 */
public final class Detector {
    private final Database database;
    private final Pulse pulse;
    private final Clouds clouds;
    private final Bells bells;
    private volatile Set<String> dead = Set.of();

    public Detector(Database database, Pulse pulse, Clouds clouds, Bells bells) {
        this.database = database;
        this.pulse = pulse;
        this.clouds = clouds;
        this.bells = bells;
    }

    /** Ready nodes that are dead, as of the last look. */
    public Set<String> dead() {
        return dead;
    }

    /** Looks once. */
    public void run() {
        List<Node> ready = database.read(Nodes::here).stream().filter(n -> n.state() == NodeState.READY).toList();
        Set<String> silent = pulse.silent(ready);
        Set<String> found = silent;
        if (!silent.isEmpty() && silent.size() == ready.size()) {
            found = ready.stream().filter(n -> Sweep.isGone(cloud(n), n)).map(Node::id).collect(Collectors.toSet());
        }
        Set<String> changed = new HashSet<>(found);
        changed.addAll(dead);
        Set<String> both = new HashSet<>(found);
        both.retainAll(dead);
        changed.removeAll(both);
        dead = Set.copyOf(found);
        ready.stream().filter(n -> changed.contains(n.id())).forEach(n -> bells.ring(n.sid()));
    }

    private Cloud cloud(Node node) {
        return clouds.get(node.cloud());
    }
}
