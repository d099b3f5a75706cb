package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.RoleManager;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.doc.Progress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a cluster where there is none, so that no acknowledged commit is lost and never two clusters are:
 *
 * <ol>
 * <li>Everybody who could have a server must answer; one whose agent does not may be the one that has most, or in a cluster that works. Then nothing happens
 * until it answers or its node has been removed.
 * <li>All servers are ended and may not come back by themselves, and all say how far their data are; so do data of nodes that are no more.
 * <li>The server with the most begins a cluster. The others are let in afterwards.
 * </ol>
 */
final class Revival {
    private static final Logger LOG = LoggerFactory.getLogger(Revival.class);
    private final Situation situation;
    private final Crew crew;

    Revival(Situation situation) {
        this.situation = situation;
        this.crew = new Crew(situation);
    }

    /**
     * Data that could be begun with.
     *
     * @param node   whose agent has access to them
     * @param folder their name
     * @param lead   when users were led to them last, 0 for never
     */
    private record Candidate(NodeView node, String folder, long lead, Progress progress) {
        boolean isOwn() {
            return node.id().equals(folder);
        }
    }

    /**
     * @param master   who begins if the data leave the choice
     * @param nodes    everybody who could have a server
     * @param answered those of them who can be asked
     */
    void run(NodeView master, List<NodeView> nodes, Collection<NodeView> answered) throws InterruptedException {
        situation.assignment().nodes().stream().filter(n -> situation.assignment().dead().contains(n.id())).findFirst().ifPresent(dead -> {
            throw new ApiException(ErrorCode.UNAVAILABLE, "No cluster is begun before " + dead.id() + " has surely ended, whose server may be in one that works.",
                    "This goes on when its node has been removed.");
        });
        nodes.stream().filter(n -> !answered.contains(n)).findFirst().ifPresent(silent -> {
            throw new ApiException(ErrorCode.UNAVAILABLE, "No cluster is begun before " + silent.id() + " has answered, which may have the latest data.",
                    "If its node is dead, this goes on in a moment.");
        });
        List<Candidate> candidates = Collections.synchronizedList(new ArrayList<>());
        RoleManager.eachInParallel(nodes, node -> candidates.addAll(ended(node, node.equals(master))));
        Optional<Candidate> best = best(candidates, master);
        best.ifPresent(b -> LOG.info("{} has the latest data, up to commit {}", b.folder(), b.progress().commit()));
        NodeView begins = best.filter(Candidate::isOwn).map(Candidate::node).orElse(master);
        best.filter(b -> !b.isOwn()).ifPresent(b -> {
            crew.drop(master, true);
            crew.adopt(master, b.folder());
        });
        begin(begins);
    }

    /** Ends the node's server and finds out how far its data are, and those that others have left. */
    private List<Candidate> ended(NodeView node, boolean others) {
        crew.dismiss(node);
        new Joining(situation).configure(node);
        List<Map<String, Object>> folders = new ArrayList<>(crew.folders(node).stream().filter(f -> Folders.name(f).equals(node.id())).toList());
        if (others) {
            folders.addAll(new Folders(situation).leftBehind(node));
        }
        return folders.stream().map(f -> new Candidate(node, Folders.name(f), Folders.lead(f), crew.progress(node, Folders.name(f)))).toList();
    }

    /** The furthest in the history that users were led to last. */
    private static Optional<Candidate> best(List<Candidate> candidates, NodeView master) {
        Optional<Candidate> last = candidates.stream().max(Comparator.comparingLong(Candidate::lead));
        return last.flatMap(l -> candidates.stream().filter(c -> c.progress().history().equals(l.progress().history()))
                .max(Comparator.comparingLong((Candidate c) -> c.progress().commit()).thenComparing(c -> c.node().equals(master) && c.isOwn()).thenComparing(Candidate::isOwn)));
    }

    /** Has a server begin a cluster with the data it has. */
    void begin(NodeView node) throws InterruptedException {
        crew.begin(node);
        Joining joining = new Joining(situation);
        joining.reconfigure(node);
        joining.awaitServing(node);
        LOG.info("{} has begun a cluster", node.id());
    }
}
