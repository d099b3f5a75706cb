package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.doc.ClusterState;
import eu.conpaas.service.mysql.internal.doc.Gtid;
import eu.conpaas.service.mysql.internal.doc.Progress;
import eu.conpaas.service.mysql.internal.doc.ServerState;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the agents of the service can be told, one method each.
 *
 * @param situation whose agents they are
 */
record Crew(Situation situation) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration SHORT = Duration.ofSeconds(15);
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int SLICE = 10;

    private Map<String, Object> call(NodeView node, String method, Map<String, Object> arguments, Duration deadline) {
        return situation.agents().call(node, method, arguments, deadline);
    }

    ServerState state(NodeView node) {
        return ServerState.of(call(node, "state", Map.of(), SHORT));
    }

    /** Its state, or empty if the agent does not answer. */
    Optional<ServerState> look(NodeView node) {
        return answered(() -> state(node));
    }

    /** Empty if the agent does not answer. */
    static <T> Optional<T> answered(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (ApiException e) {
            if (e.error().code() == ErrorCode.STALE_EPOCH) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /**
     * @param patience whether a server that does not answer is waited for
     * @return sequence number it is at, with all it has received carried out
     */
    long hold(NodeView node, int seconds, boolean patience) {
        return Gtid.sequence(call(node, "hold", Map.of("seconds", seconds, "patience", patience), Duration.ofSeconds(seconds + 15L)).get("gtid").toString());
    }

    void fence(NodeView node) {
        call(node, "fence", Map.of(), SHORT);
    }

    /** Has one server follow another, by an account made for this only. */
    void follow(NodeView replica, NodeView master) {
        String password = random(18);
        call(master, "account", Map.of("replica", replica.id(), "password", password), SHORT);
        call(replica, "follow", Map.of("address", master.address(), "password", password), LONG);
    }

    /** Whether it gets to the position within the time. */
    boolean reached(NodeView node, String gtid, int seconds) {
        return (boolean) call(node, "reached", Map.of("gtid", gtid, "seconds", seconds), Duration.ofSeconds(seconds + 20L)).get("reached");
    }

    void lead(NodeView node, long term, boolean semi) {
        call(node, "lead", Map.of("term", term, "semi", semi), LONG);
    }

    void semi(NodeView node, boolean on) {
        call(node, "semi", Map.of("on", on), SHORT);
    }

    void unlead(NodeView node) {
        call(node, "unlead", Map.of(), LONG);
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> folders(NodeView node) {
        return (List<Map<String, Object>>) call(node, "folders", Map.of(), SHORT).get("folders");
    }

    void adopt(NodeView node, String folder) {
        call(node, "adopt", Map.of("from", folder), SHORT);
    }

    /** @param led also data of a server that was master once */
    void drop(NodeView node, boolean led) {
        call(node, "drop", Map.of("led", led), LONG);
    }

    void tidy(NodeView node, List<String> keep, long term) {
        call(node, "tidy", Map.of("keep", keep, "lead", term), LONG);
    }

    ClusterState member(NodeView node) {
        return ClusterState.of(call(node, "member", Map.of(), SHORT));
    }

    /** How far data are that no server uses; {@link Progress#NONE} also if the folder is not there. */
    Progress progress(NodeView node, String folder) {
        try {
            return Progress.of(call(node, "progress", Map.of("folder", folder), LONG));
        } catch (ApiException e) {
            if (e.error().code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            return Progress.NONE;
        }
    }

    /** Lets a server into the cluster of another. */
    void admit(NodeView node, NodeView member) {
        call(node, "admit", call(member, "cluster_name", Map.of(), SHORT), SHORT);
    }

    /** Ends the node's server, which does not come back before it is admitted again. */
    void dismiss(NodeView node) {
        call(node, "dismiss", Map.of(), SHORT);
        situation.agents().release(node, Names.SERVER);
    }

    /** The next start of the server begins a cluster. */
    void begin(NodeView node) {
        call(node, "begin", Map.of("name", random(16)), LONG);
    }

    /** Notes that users are led to this node. */
    void entry(NodeView node, long term) {
        call(node, "entry", Map.of("term", term), SHORT);
    }

    void abortCopy(NodeView node) {
        call(node, "clone_abort", Map.of(), SHORT);
    }

    /** Copies a running server's data to a node whose own server does not run. */
    void copy(NodeView donor, NodeView receiver) {
        String copy = random(4);
        String key = random(32);
        call(receiver, "clone_receive", Map.of("copy", copy, "key", key), SHORT);
        try {
            call(donor, "clone_send", Map.of("copy", copy, "address", receiver.address(), "key", key), SHORT);
            while (!done(donor, "clone_sent", Map.of("copy", copy, "seconds", SLICE))) {
                situation.cancel().check();
            }
            while (!done(receiver, "clone_received", Map.of("copy", copy, "seconds", SLICE))) {
                situation.cancel().check();
            }
        } catch (RuntimeException e) {
            abortCopy(receiver);
            throw e;
        }
    }

    private boolean done(NodeView node, String method, Map<String, Object> arguments) {
        return (boolean) call(node, method, arguments, Duration.ofSeconds(SLICE + 20L)).get("done");
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
