package eu.conpaas.node.internal;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Assignment;
import eu.conpaas.api.Enrolment;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Heartbeat;
import eu.conpaas.api.NodeContext;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.Observed;
import eu.conpaas.api.Operation;
import eu.conpaas.api.StepReport;
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
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.RpcServer;
import eu.conpaas.rpc.Style;
import eu.conpaas.rpc.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The director's side of a node, with one service of uid 5 and sid 9. */
final class DirectorForTests implements AutoCloseable {
    static final long UID = 5;
    static final long SID = 9;
    final CertificateAuthority authority;
    final Map<String, Heartbeat> hearts = new ConcurrentHashMap<>();
    final Map<String, Integer> enrolled = new ConcurrentHashMap<>();
    final Map<String, Operation.StepState> steps = new ConcurrentHashMap<>();
    final Map<String, Integer> renewed = new ConcurrentHashMap<>();
    final Map<String, NodeContext> contexts = new HashMap<>();
    volatile boolean renew;
    volatile boolean end;
    volatile Observed observed;
    private final RpcServer server;
    private Function<Long, Assignment> work = version -> null;
    private long version;

    DirectorForTests(Path folder) throws IOException {
        authority = CertificateAuthority.create(folder);
        KeyMaterial keys = new KeyMaterial(authority.issue(Identity.director("localhost", "a@b.c"), Duration.ofDays(1), List.of("localhost")));
        Endpoints endpoints = new Endpoints().add(open(Verb.POST, "/nodes/enrol", Access.PUBLIC, (body, caller) -> enrol(Json.convert(body, Enrolment.Request.class))))
                .add(open(Verb.POST, "/nodes/heartbeat", Access.NODE, (body, caller) -> heartbeat(Json.convert(body, Heartbeat.class), caller)))
                .add(open(Verb.POST, "/nodes/renew", Access.NODE, (body, caller) -> renew(body.get("publicKey").toString(), caller)))
                .add(open(Verb.GET, "/managers/work", Access.MANAGER, (body, caller) -> work(Long.parseLong(body.get("seen").toString()))))
                .add(open(Verb.POST, "/managers/steps", Access.MANAGER, (body, caller) -> step(Json.convert(body, StepReport.class))))
                .add(open(Verb.POST, "/managers/observed", Access.MANAGER, (body, caller) -> observed(Json.convert(body, Observed.class))));
        server = RpcServer.builder().keys(keys).trust(Trust.ca(authority.certificate(), Peers.anybody())).bind("127.0.0.1", 0).endpoints(endpoints)
                .guard((request, access) -> Caller.of(request.peer(), request.address())).start();
    }

    private interface Answer {
        Object to(Map<String, Object> body, Caller caller);
    }

    private static Endpoint open(Verb verb, String path, Access access, Answer answer) {
        return new Endpoint(Set.of(verb), path, access, Style.MODERN, Set.of(), List.of(), true, 0, "", Object.class,
                call -> answer.to(call.request().params(), call.caller()));
    }

    String url() {
        return "https://127.0.0.1:" + server.port();
    }

    void expect(String node, NodeKind kind, String address, int port) {
        contexts.put(node, new NodeContext(node, kind, "demo", UID, 1, SID, 1, url(), address, port, null, 10, 1));
    }

    synchronized void assign(Function<Long, Assignment> assignment) {
        work = assignment;
        version++;
        notifyAll();
    }

    private Enrolment.Answer enrol(Enrolment.Request request) {
        PublicKey key = Keys.decode(request.publicKey());
        if (!request.token().equals("token-" + request.node()) || !Keys.verify(key, request.token(), request.proof())) {
            throw new ApiException(ErrorCode.NOT_AUTHENTICATED, "wrong token", "");
        }
        enrolled.merge(request.node(), 1, Integer::sum);
        return certificate(request.node(), key);
    }

    private Enrolment.Answer certificate(String node, PublicKey key) {
        NodeContext context = contexts.get(node);
        Identity identity = context.kind() == NodeKind.MANAGER ? Identity.manager(UID, SID, node) : Identity.agent(UID, SID, node);
        return new Enrolment.Answer(Pem.write(authority.issue(identity, key, Duration.ofDays(7), List.of())), Pem.write(authority.certificate()), context);
    }

    private Heartbeat.Answer heartbeat(Heartbeat heartbeat, Caller caller) {
        hearts.put(caller.identity().node(), heartbeat);
        return new Heartbeat.Answer(10, 1, renew, end);
    }

    private Enrolment.Answer renew(String key, Caller caller) {
        renew = false;
        renewed.merge(caller.identity().node(), 1, Integer::sum);
        return certificate(caller.identity().node(), Keys.decode(key));
    }

    private synchronized Assignment work(long seen) {
        long deadline = System.nanoTime() + 1_000_000_000L;
        while (version == seen && System.nanoTime() < deadline) {
            try {
                wait(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return work.apply(version);
    }

    private synchronized Object step(StepReport report) {
        steps.put(report.step(), report.state());
        version++;
        notifyAll();
        return Map.of();
    }

    private Object observed(Observed seen) {
        observed = seen;
        return Map.of();
    }

    @Override
    public void close() {
        server.close();
    }
}
