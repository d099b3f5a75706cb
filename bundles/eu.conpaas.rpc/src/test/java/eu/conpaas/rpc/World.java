package eu.conpaas.rpc;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Role;
import eu.conpaas.pki.CertificateAuthority;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Peers;
import eu.conpaas.pki.Revocations;
import eu.conpaas.pki.Trust;

/** A CA, a server on a free port of the loopback, and clients of it. */
final class World implements AutoCloseable {
    final CertificateAuthority ca;
    final Revocations revocations = new Revocations();
    final List<RequestLog.Entry> log = java.util.Collections.synchronizedList(new ArrayList<>());
    private final List<AutoCloseable> open = new ArrayList<>();
    RpcServer server;

    World(Path folder) throws IOException {
        ca = CertificateAuthority.create(folder.resolve("ca"));
    }

    /** Owner of service 7 is user 1; user 9 is an administrator. */
    static Caller guard(Request request, Access access) {
        Identity peer = request.peer();
        if (access == Access.PASSWORD) {
            if ("secret".equals(request.param("password"))) {
                return new Caller(Caller.Auth.PASSWORD, null, 1, request.param("username"), false, request.address());
            }
            throw denied(ErrorCode.NOT_AUTHENTICATED, "User name or password is wrong.");
        }
        if (peer == null) {
            throw denied(ErrorCode.NOT_AUTHENTICATED, "A certificate is needed.");
        }
        boolean allowed = switch (access) {
            case USER -> peer.role() == Role.USER;
            case ADMIN -> peer.role() == Role.USER && peer.uid() == 9;
            case SERVICE_OWNER -> peer.role() == Role.USER && peer.uid() == 1 && "7".equals(request.variables().get("sid"));
            case NODE -> peer.role() == Role.AGENT || peer.role() == Role.MANAGER;
            case MANAGER -> peer.role() == Role.MANAGER;
            case DIRECTOR -> peer.role() == Role.DIRECTOR;
            case SERVICE_PEER -> peer.uid() == 1;
            default -> false;
        };
        if (!allowed) {
            throw denied(ErrorCode.FORBIDDEN, peer + " may not do this.");
        }
        return Caller.of(peer, request.address());
    }

    private static ApiException denied(ErrorCode code, String cause) {
        return new ApiException(code, cause, "Sign in.");
    }

    Credentials issue(Identity identity) {
        return ca.issue(identity, Duration.ofHours(1), List.of());
    }

    RpcServer start(UnaryOperator<RpcServer.Builder> settings) throws IOException {
        KeyMaterial keys = new KeyMaterial(ca.issue(Identity.director("director.test", "info@conpaas.eu"), Duration.ofHours(1), List.of("127.0.0.1")));
        server = settings.apply(RpcServer.builder().keys(keys).trust(Trust.ca(ca.certificate(), Peers.anybody()).with(revocations))
                .bind("127.0.0.1", 0).guard(World::guard).log(log::add)).start();
        open.add(server);
        return server;
    }

    HttpRpc.Builder builder(Credentials credentials, Predicate<Identity> peer) {
        return HttpRpc.builder().base("https://127.0.0.1:" + server.port()).keys(new KeyMaterial(credentials))
                .trust(Trust.ca(ca.certificate(), peer)).timeout(Duration.ofSeconds(10));
    }

    HttpRpc client(Credentials credentials) {
        return keep(builder(credentials, Peers.director()).build());
    }

    HttpRpc user(long uid) {
        return client(issue(Identity.user(uid, "user" + uid, "u@example.org")));
    }

    <T extends AutoCloseable> T keep(T closeable) {
        open.add(closeable);
        return closeable;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }
}
