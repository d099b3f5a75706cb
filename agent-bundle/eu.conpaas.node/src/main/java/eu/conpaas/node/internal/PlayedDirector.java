package eu.conpaas.node.internal;

import eu.conpaas.api.Enrolment;
import eu.conpaas.api.Heartbeat;
import eu.conpaas.api.NodeContext;
import eu.conpaas.api.NodeKind;
import eu.conpaas.pki.CertificateAuthority;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Keys;
import eu.conpaas.pki.Pem;
import eu.conpaas.pki.Peers;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Endpoint;
import eu.conpaas.rpc.Endpoints;
import eu.conpaas.rpc.Handler;
import eu.conpaas.rpc.HttpRpc;
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.JsonRpc;
import eu.conpaas.rpc.RpcServer;
import eu.conpaas.rpc.Style;
import eu.conpaas.rpc.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The director's and the manager's part in a {@link Rehearsal}; with a CA of its own that nobody else trusts and that is gone after it. */
final class PlayedDirector implements AutoCloseable {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int PATIENCE_S = 60;
    private final BlockingQueue<Heartbeat> heartbeats = new LinkedBlockingQueue<>();
    private final CertificateAuthority authority;
    private final RpcServer server;
    private final HttpRpc manager;
    private final String node;
    private final int port;

    PlayedDirector(Path folder, String node, int port) throws IOException {
        this.node = node;
        this.port = port;
        authority = CertificateAuthority.create(folder);
        KeyMaterial keys = new KeyMaterial(authority.issue(Identity.director("localhost", null), LIFE, List.of()));
        Endpoints endpoints = new Endpoints()
                .add(post("/nodes/enrol", Access.PUBLIC, call -> enrol(Json.convert(call.request().params(), Enrolment.Request.class))))
                .add(post("/nodes/heartbeat", Access.NODE, call -> heartbeat(Json.convert(call.request().params(), Heartbeat.class))));
        server = RpcServer.builder().keys(keys).trust(Trust.ca(authority.certificate(), Peers.anybody())).bind("127.0.0.1", 0).endpoints(endpoints)
                .guard((request, access) -> Caller.of(request.peer(), request.address())).start();
        manager = HttpRpc.builder().keys(new KeyMaterial(authority.issue(Rehearsal.identity(NodeKind.MANAGER), LIFE, List.of())))
                .trust(Trust.ca(authority.certificate(), Peers.agent(1, 1))).base("https://127.0.0.1:" + port).build();
    }

    private static Endpoint post(String path, Access access, Handler handler) {
        return new Endpoint(Set.of(Verb.POST), path, access, Style.MODERN, Set.of(), List.of(), true, 0, "", Object.class, handler);
    }

    private Enrolment.Answer enrol(Enrolment.Request request) {
        NodeContext context = new NodeContext(node, NodeKind.AGENT, "rehearsal", 1, 1, 1, 0, url(), "127.0.0.1", port, null, 10, 1);
        return new Enrolment.Answer(Pem.write(authority.issue(Rehearsal.identity(NodeKind.AGENT), Keys.decode(request.publicKey()), LIFE, List.of())),
                Pem.write(authority.certificate()), context);
    }

    private Heartbeat.Answer heartbeat(Heartbeat heartbeat) {
        heartbeats.add(heartbeat);
        return new Heartbeat.Answer(10, 1, false, false);
    }

    void awaitHeartbeat() throws InterruptedException {
        if (heartbeats.poll(PATIENCE_S, TimeUnit.SECONDS) == null) {
            throw new IllegalStateException("the rehearsed node sent no heartbeat");
        }
    }

    /** The agent, as its manager calls it. */
    JsonRpc agent() {
        return new JsonRpc(manager);
    }

    String url() {
        return "https://127.0.0.1:" + server.port();
    }

    String fingerprint() {
        return authority.fingerprint();
    }

    @Override
    public void close() {
        manager.close();
        server.close();
    }
}
