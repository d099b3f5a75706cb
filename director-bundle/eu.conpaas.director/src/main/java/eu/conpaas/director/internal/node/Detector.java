package eu.conpaas.director.internal.node;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import eu.conpaas.api.NodeState;
import eu.conpaas.cloud.Cloud;
import eu.conpaas.director.internal.event.Bells;
import eu.conpaas.director.internal.store.Database;

/**
 * Finds out who is dead: who has been silent for a lease and does not answer when asked either. When all nodes look dead at once it is the director that is cut off, so then only those count that the cloud
 * itself says are no more.
 */
public final class Detector {
    private final Database database;
    private final Pulse pulse;
    private final Clouds clouds;
    private final Bells bells;
    private final Slow slow;
    private volatile Set<String> dead = Set.of();

    public Detector(Database database, Pulse pulse, Clouds clouds, Bells bells, Clock clock, Duration lease) {
        this.database = database;
        this.pulse = pulse;
        this.clouds = clouds;
        this.bells = bells;
        this.slow = new Slow(clock, lease);
    }

    /** Ready nodes that are dead, as of the last look. */
    public Set<String> dead() {
        return dead;
    }

    /** Looks once. */
    public void run() {
        List<Node> ready = database.read(Nodes::here).stream().filter(n -> n.state() == NodeState.READY).toList();
        Set<String> silent = pulse.silent(ready);
        Set<String> found;
        if (!silent.isEmpty() && silent.size() == ready.size()) {
            found = ready.stream().filter(n -> Sweep.isGone(cloud(n), n)).map(Node::id).collect(Collectors.toSet());
        } else {
            found = unanswering(ready, silent);
        }
        Set<String> changed = new HashSet<>(found);
        changed.addAll(dead);
        Set<String> both = new HashSet<>(found);
        both.retainAll(dead);
        changed.removeAll(both);
        dead = Set.copyOf(found);
        ready.stream().filter(n -> changed.contains(n.id())).forEach(n -> bells.ring(n.sid()));
    }

    /** Silent nodes but those that may only be slow; one that has been found dead stays so until it is heard. */
    private Set<String> unanswering(List<Node> ready, Set<String> silent) {
        Set<String> found = new HashSet<>(silent);
        try {
            found.removeAll(slow.among(ready.stream().filter(n -> silent.contains(n.id()) && !dead.contains(n.id())).toList()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the director is closing, and judges nobody any more
            found.retainAll(dead);
        }
        return found;
    }

    private Cloud cloud(Node node) {
        return clouds.get(node.cloud());
    }
}
