package eu.conpaas.cli;

import eu.conpaas.pki.CertificateAuthority;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Peers;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Handler;
import eu.conpaas.rpc.MethodDef;
import eu.conpaas.rpc.MethodTable;
import eu.conpaas.rpc.RpcServer;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The manager of one service: answers the questions the command line asks managers directly. */
final class FakeManager implements AutoCloseable {
    private final Requests requests;
    private final MethodTable table = new MethodTable(Access.SERVICE_PEER);
    private final RpcServer server;

    FakeManager(CertificateAuthority authority, Requests requests, long sid) throws IOException {
        this.requests = requests;
        on("get_service_performance", call -> performance());
        on("getLog", call -> Map.of("log", "the manager has started\n"));
        on("info", call -> Map.of("port", 8080, "lines", List.of("proxy: 10.1.0.1", "web: 10.1.0.1", "backend: 10.1.0.2 10.1.0.3")));
        on("get_git_info", call -> Map.of("lines", List.of("clone with: git clone git@10.1.0.9:code", "host key: ssh-ed25519 SHA256:abc")));
        on("get_configuration", call -> Map.of("codeVersionId", "code-default"));
        on("get_helloworld", call -> Map.of("helloworld", "Received hello from 10.1.0.1\nReceived hello from 10.1.0.2"));
        Credentials own = authority.issue(Identity.manager(FakeDirector.UID, sid, "node-" + sid), Duration.ofHours(1), List.of());
        server = RpcServer.builder().keys(new KeyMaterial(own)).trust(Trust.ca(authority.certificate(), Peers.anybody())).bind("127.0.0.1", 0)
                .methods(table).guard((request, access) -> Caller.of(request.peer(), request.address())).start();
    }

    private void on(String method, Handler handler) {
        table.add(new MethodDef(method, "GET", List.of(), true, "", call -> {
            requests.add("manager", call);
            return handler.handle(call);
        }));
    }

    private static Map<String, Object> performance() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("error_rate", 0.0);
        figures.put("request_rate", 12.5);
        return figures;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
