package eu.conpaas.cli;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.pki.CertificateAuthority;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Peers;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Endpoint;
import eu.conpaas.rpc.Endpoints;
import eu.conpaas.rpc.Handler;
import eu.conpaas.rpc.Request;
import eu.conpaas.rpc.RpcServer;
import eu.conpaas.rpc.Style;
import eu.conpaas.rpc.Verb;
import eu.conpaas.rpc.ParamDef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A director with one user, {@code alice} with password {@code secret}, who has an application and some services. It speaks the real
 * wire, records what it is asked, and answers from plain maps.
 */
final class FakeDirector implements AutoCloseable {
    static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    static final long UID = 7;
    final Requests requests = new Requests();
    final CertificateAuthority authority;
    final Map<Long, String> applications = new TreeMap<>();
    final Map<Long, ServiceView> services = new TreeMap<>();
    final FakeOperations operations = new FakeOperations();
    final FakeExports exports = new FakeExports(this);
    final List<ServiceDescriptor> descriptors;
    private final Map<Long, FakeManager> managers = new TreeMap<>();
    private final Endpoints endpoints = new Endpoints();
    private final RpcServer server;

    FakeDirector(Path folder, List<ServiceDescriptor> descriptors) throws IOException {
        this.descriptors = descriptors;
        authority = CertificateAuthority.create(folder.resolve("ca"));
        managers.put(1L, new FakeManager(authority, requests, 1));
        managers.put(2L, new FakeManager(authority, requests, 2));
        reset();
        new FakeAccounts(this).serve();
        new FakeUsers(this).serve();
        new FakeServices(this).serve();
        exports.serve();
        new FakeManifests(this).serve();
        Credentials own = authority.issue(Identity.director("localhost", null), Duration.ofHours(1), List.of("127.0.0.1"));
        server = RpcServer.builder().keys(new KeyMaterial(own)).trust(Trust.ca(authority.certificate(), Peers.anybody())).bind("127.0.0.1", 0)
                .endpoints(endpoints).guard(this::guard).start();
    }

    /** As it was at first. */
    void reset() {
        requests.clear();
        applications.clear();
        applications.put(1L, "New Application");
        operations.reset();
        exports.reset();
        services.clear();
        put(1, "php", "shop", ServiceState.RUNNING);
        put(2, "helloworld", "hello", ServiceState.RUNNING);
        put(3, "php", "fresh", ServiceState.INIT);
        put(4, "php", "sleeping", ServiceState.STOPPED);
    }

    void put(long sid, String type, String name, ServiceState state) {
        FakeManager manager = managers.get(sid);
        services.put(sid, new ServiceView(sid, name, type, state, TIME, "127.0.0.1", manager == null ? 1 : manager.port(), "vm-" + sid, "iaas", UID, 1,
                "10.0.0." + sid, null));
    }

    void state(long sid, ServiceState state) {
        ServiceView s = service(sid);
        put(sid, s.type(), s.name(), state);
    }

    /** @throws ApiException if there is none */
    ServiceView service(long sid) {
        if (!services.containsKey(sid)) {
            throw new ApiException(ErrorCode.NOT_FOUND, "There is no service " + sid + ".", "");
        }
        return services.get(sid);
    }

    ApplicationView application(long aid) {
        if (!applications.containsKey(aid)) {
            throw new ApiException(ErrorCode.NOT_FOUND, "There is no application " + aid + ".", "");
        }
        return new ApplicationView(aid, applications.get(aid));
    }

    String url() {
        return "https://127.0.0.1:" + server.port();
    }

    /** An endpoint with 1.3.1's answers. */
    void old(Verb verb, String path, Access access, Handler handler, ParamDef... params) {
        add(Style.LEGACY, verb, path, access, handler, params);
    }

    void on(Verb verb, String path, Handler handler, ParamDef... params) {
        add(Style.MODERN, verb, path, Access.USER, handler, params);
    }

    private void add(Style style, Verb verb, String path, Access access, Handler handler, ParamDef... params) {
        Set<ErrorCode> asFalse = style == Style.LEGACY ? Set.of(ErrorCode.NOT_AUTHENTICATED, ErrorCode.NOT_FOUND) : Set.of();
        endpoints.add(new Endpoint(Set.of(verb), path, access, style, asFalse, List.of(params), true, 0, "", Object.class, call -> {
            requests.add("director", call);
            return handler.handle(call);
        }));
    }

    private Caller guard(Request request, Access access) {
        if (access == Access.PASSWORD && "alice".equals(request.param("username")) && "secret".equals(request.param("password"))) {
            return new Caller(Caller.Auth.PASSWORD, null, UID, "alice", false, request.address());
        }
        if (access != Access.PASSWORD && request.peer() != null) {
            return Caller.of(request.peer(), request.address());
        }
        throw new ApiException(ErrorCode.NOT_AUTHENTICATED, "User name or password is wrong.", "Try again.");
    }

    @Override
    public void close() {
        server.close();
        managers.values().forEach(FakeManager::close);
    }
}
