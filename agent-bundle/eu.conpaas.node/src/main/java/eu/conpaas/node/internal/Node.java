package eu.conpaas.node.internal;

import eu.conpaas.api.NodeContext;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.Protocol;
import eu.conpaas.client.Connection;
import eu.conpaas.client.NodeLink;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Peers;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.ClientAuth;
import eu.conpaas.rpc.Limits;
import eu.conpaas.rpc.RpcServer;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.manager.ManagerAddOn;
import eu.conpaas.service.runtime.ContentCache;
import eu.conpaas.service.runtime.Environment;
import eu.conpaas.service.runtime.Failpoint;
import eu.conpaas.service.runtime.NodeFolders;
import eu.conpaas.service.runtime.NodeSampler;
import eu.conpaas.service.runtime.PeerGuard;
import eu.conpaas.service.supervise.EngineUser;
import eu.conpaas.service.supervise.LocalSupervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node from its first moment to its last: becomes somebody, takes over what runs, listens, beats. */
final class Node {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final long CACHE_BYTES = 2L << 30;
    private static final long SAMPLE_MS = 5000;
    private static final int FIRST_ENGINE_USER = 700_000;
    private static final int ENGINE_USERS = 100_000;
    private final NodeSettings settings;
    private final TypeFinder types;
    private volatile Heart heart;
    private volatile boolean stopping;

    /** Finds a service type by its id. */
    interface TypeFinder {
        ServiceType find(String id) throws InterruptedException;

        /** Hands over each add-on for managers that is there or comes. @return ends that */
        default Runnable follow(Consumer<ManagerAddOn> taker) {
            return () -> { };
        }
    }

    Node(NodeSettings settings, TypeFinder types) {
        this.settings = settings;
        this.types = types;
    }

    /** Runs until stopped. */
    void run() throws IOException, InterruptedException {
        NodeFolders folders = new NodeFolders(settings.folder());
        folders.make(EngineUser.SELF);
        NodeIdentity identity = new Enroller(settings, folders.secret()).identity();
        NodeContext context = placed(identity.context());
        Failpoint.configure(settings.product().resolve("failpoints"), folders.secret().resolve("failpoints"), context.node());
        Failpoint.NODE_ENROLLED.reached();
        EngineUser user = NodeSettings.isRoot() ? new EngineUser(FIRST_ENGINE_USER + (int) (context.sid() % ENGINE_USERS)) : EngineUser.SELF;
        user.give(folders.engines());
        if (context.sharedFolder() != null) {
            user.give(Path.of(context.sharedFolder()));
        }
        KeyMaterial keys = new KeyMaterial(identity.credentials());
        try (NodeLink link = Connection.to(context.director()).keys(keys).nodeLink();
                LocalSupervisor supervisor = new LocalSupervisor(folders.daemons(), folders.logs(), user, marks())) {
            NodeDirector director = new NodeDirector(link);
            Environment environment = new Environment(context, folders, user, supervisor, new ContentCache(folders.content(), director, CACHE_BYTES),
                    keys);
            Common common = new Common(context, folders);
            ServiceType type = types.find(context.type());
            try (Part part = context.kind() == NodeKind.MANAGER ? new ManagerPart(environment, type, common, director, keys, types)
                    : new AgentPart(environment, type, common, settings.local() ? user : EngineUser.SELF);
                    RpcServer server = listen(context, keys, part, folders)) {
                serve(context, link, keys, folders, part, common, server.port(), supervisor);
            }
        }
    }

    private void serve(NodeContext context, NodeLink link, KeyMaterial keys, NodeFolders folders, Part part, Common common, int port,
            LocalSupervisor supervisor) throws InterruptedException {
        LOG.info("{} {} of service {} ({}) listens on {}:{}", context.kind(), context.node(), context.sid(), context.type(), context.address(), port);
        part.start();
        Thread sampler = Thread.ofVirtual().name("sampler").start(() -> sample(new NodeSampler(supervisor), part, common));
        heart = new Heart(link, context, keys, folders.secret());
        if (stopping) {
            heart.stop();
        }
        heart.run(part, common, port);
        sampler.interrupt();
    }

    private static void sample(NodeSampler sampler, Part part, Common common) {
        try {
            while (true) {
                Thread.sleep(SAMPLE_MS);
                Map<String, Double> values = new HashMap<>(part.sample());
                values.putAll(sampler.sample());
                common.metrics().add(values);
            }
        } catch (InterruptedException e) {
            LOG.debug("sampling ends", e);
        }
    }

    private RpcServer listen(NodeContext context, KeyMaterial keys, Part part, NodeFolders folders) throws IOException {
        if (context.kind() == NodeKind.AGENT) {
            return listen(context, keys, part, folders, context.port() > 0 ? context.port() : Protocol.PORT);
        }
        try {
            return listen(context, keys, part, folders, context.port() > 0 ? context.port() : Protocol.MANAGER_PORT);
        } catch (IOException e) {
            LOG.info("{}; listening on {} instead", e.getMessage(), Protocol.MANAGER_PORT_UNPRIVILEGED);
            return listen(context, keys, part, folders, Protocol.MANAGER_PORT_UNPRIVILEGED);
        }
    }

    private RpcServer listen(NodeContext context, KeyMaterial keys, Part part, NodeFolders folders, int port) throws IOException {
        return RpcServer.builder().keys(keys).trust(Trust.ca(keys.current().ca(), Peers.anybody())).clientAuth(ClientAuth.NEEDED)
                .bind(context.address(), port).methods(part.methods()).guard(new PeerGuard(context, part::admits)).limits(Limits.NODE)
                .uploads(folders.root().resolve("uploads")).start();
    }

    private NodeContext placed(NodeContext c) {
        String address = settings.address() == null ? c.address() : settings.address();
        String shared = settings.sharedFolder() == null ? c.sharedFolder() : settings.sharedFolder();
        return new NodeContext(c.node(), c.kind(), c.type(), c.uid(), c.aid(), c.sid(), c.epoch(), c.director(), address, c.port(), shared, c.lease(),
                c.heartbeat());
    }

    private Map<String, String> marks() {
        return settings.token() == null ? Map.of() : Map.of("CONPAAS_NODE_TOKEN", settings.token());
    }

    void stop() {
        stopping = true;
        Heart beating = heart;
        if (beating != null) {
            beating.stop();
        }
    }
}
