package eu.conpaas.director.internal.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Enrolment;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Heartbeat;
import eu.conpaas.api.NodeContext;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeState;
import eu.conpaas.api.Protocol;
import eu.conpaas.director.internal.Failpoint;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.event.Bells;
import eu.conpaas.director.internal.node.Clouds;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.NodeMaker;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.node.Pulse;
import eu.conpaas.director.internal.security.Certificates;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.pki.Keys;
import eu.conpaas.pki.Pem;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.Request;
import eu.conpaas.rpc.Verb;

/** What nodes say: enrolment, heartbeats, renewal; and what they fetch. */
public final class NodeApi {
    private final Database database;
    private final Nodes nodes;
    private final Pulse pulse;
    private final Bells bells;
    private final Certificates certificates;
    private final Clouds clouds;
    private final NodeMaker.Access access;
    private final ContentStore content;
    private final Duration lease;
    private final Duration interval;

    public NodeApi(Database database, Nodes nodes, Pulse pulse, Bells bells, Certificates certificates, Clouds clouds, NodeMaker.Access access,
            ContentStore content, Duration lease, Duration interval) {
        this.database = database;
        this.nodes = nodes;
        this.pulse = pulse;
        this.bells = bells;
        this.certificates = certificates;
        this.clouds = clouds;
        this.access = access;
        this.content = content;
        this.lease = lease;
        this.interval = interval;
    }

    @Expose(verb = Verb.POST, path = "/nodes/enrol", access = Access.PUBLIC, open = true, help = "A new node turns its one-time token into a certificate.")
    public Enrolment.Answer enrol(Request call) {
        Enrolment.Request request = Json.convert(call.params(), Enrolment.Request.class);
        requireProtocol(request.protocol());
        PublicKey key = key(request.publicKey());
        if (request.token() == null || !Keys.verify(key, request.token(), request.proof())) {
            throw refused("the proof does not go with the key");
        }
        Node node = database.write(s -> {
            Node found = Nodes.find(s, String.valueOf(request.node())).orElseThrow(() -> refused("there is no such node"));
            boolean wanted = found.state() == NodeState.REQUESTED || found.state() == NodeState.BOOTING;
            boolean right = found.enrol() != null && MessageDigest.isEqual(found.enrol().getBytes(StandardCharsets.UTF_8),
                    request.token().getBytes(StandardCharsets.UTF_8));
            if (!wanted || !right) {
                throw refused("the token is wrong or used up");
            }
            if (found.publicKey() != null && !found.publicKey().equals(request.publicKey())) {
                throw refused("another key has used the token");
            }
            nodes.enrolled(s, found.id(), request.publicKey(), request.address());
            return Nodes.get(s, found.id());
        });
        Failpoint.AFTER_ENROL.hit();
        return answer(node, key);
    }

    private static ApiException refused(String why) {
        return new ApiException(ErrorCode.NOT_AUTHENTICATED, "Enrolment refused: " + why + ".", "End this node.");
    }

    private static PublicKey key(String text) {
        try {
            return Keys.decode(String.valueOf(text));
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "The public key cannot be used: " + e.getMessage(), "Send an EC key on curve P-256.", e);
        }
    }

    private static void requireProtocol(int protocol) {
        if (protocol < Protocol.OLDEST || protocol > Protocol.VERSION) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "The node speaks protocol " + protocol + ", this director " + Protocol.OLDEST + " to "
                    + Protocol.VERSION + ".", "Use the node product this director serves.");
        }
    }

    private Enrolment.Answer answer(Node node, PublicKey key) {
        Service service = database.read(s -> Services.get(s, node.sid()));
        int port = node.kind() == NodeKind.AGENT ? Protocol.PORT : Protocol.MANAGER_PORT;
        NodeContext context = new NodeContext(node.id(), node.kind(), service.type(), node.tenant(), node.aid(), node.sid(), node.epoch(),
                access.url(clouds.get(node.cloud())), node.address(), port, node.sharedFolder(), (int) lease.toSeconds(), (int) interval.toSeconds());
        return new Enrolment.Answer(Pem.write(certificates.issueNode(node, key)), Pem.write(certificates.ca()), context);
    }

    @Expose(verb = Verb.POST, path = "/nodes/heartbeat", access = Access.NODE, open = true, help = "A node says that it is there and how it is.")
    public Heartbeat.Answer heartbeat(Request call, Caller caller) {
        Heartbeat heartbeat = Json.convert(call.params(), Heartbeat.class);
        requireProtocol(heartbeat.protocol());
        String id = caller.identity().node();
        Node node = database.read(s -> Nodes.get(s, id));
        Optional<Pulse.Beat> before = pulse.beat(id, heartbeat);
        if (node.state() == NodeState.REQUESTED || node.state() == NodeState.BOOTING) {
            Failpoint.BEFORE_READY.hit();
            database.write(s -> {
                nodes.ready(s, id, heartbeat.address(), heartbeat.port());
                return null;
            });
            Failpoint.AFTER_READY.hit();
        } else if (!heartbeat.address().equals(node.address()) || heartbeat.port() != node.port()) {
            database.write(s -> {
                nodes.moved(s, id, heartbeat.address(), heartbeat.port());
                return null;
            });
        } else if (before.isPresent() && before.get().heartbeat().ok() != heartbeat.ok()) {
            bells.ring(node.sid());
        }
        boolean end = node.state() == NodeState.LEAVING || node.state() == NodeState.LOST || node.state() == NodeState.FAILED;
        return new Heartbeat.Answer((int) lease.toSeconds(), (int) interval.toSeconds(), certificates.isDueForRenewal(call.certificate()), end);
    }

    @Expose(verb = Verb.POST, path = "/nodes/renew", access = Access.NODE, help = "A node gets a certificate for a new key.")
    public Enrolment.Answer renew(@Param("publicKey") String publicKey, Caller caller) {
        return answer(database.read(s -> Nodes.get(s, caller.identity().node())), key(publicKey));
    }

    @Expose(verb = Verb.GET, path = "/content/{hash}", access = Access.NODE, help = "A file of the content store that the node's service refers to.")
    public Download content(@Param("hash") String hash, Caller caller) throws IOException {
        if (!content.isReferred(caller.identity().sid(), hash)) {
            throw new ApiException(ErrorCode.NOT_FOUND, "Service " + caller.identity().sid() + " has no content " + hash + ".", "Ask for what the assignment names.");
        }
        return Download.of(content.path(hash), hash);
    }
}
