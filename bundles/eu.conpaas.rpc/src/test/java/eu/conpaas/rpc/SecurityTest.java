package eu.conpaas.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.pki.CertificateAuthority;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Peers;
import eu.conpaas.pki.Tls;
import eu.conpaas.pki.Trust;

/** Who may connect, and to whom. */
class SecurityTest {
    @TempDir
    Path folder;
    private World world;

    @BeforeEach
    void start() throws Exception {
        world = new World(folder);
        world.start(b -> b.endpoints(Endpoints.of(new SampleApi())));
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    private static final HttpCall MINE = HttpCall.get("/services/7/things");

    private static ErrorCode code(Executable call) {
        return assertThrows(ApiException.class, call).error().code();
    }

    @Test
    void refusesExpiredForeignAndRevokedCertificates() throws Exception {
        Identity joe = Identity.user(1, "joe", null);
        assertEquals(ErrorCode.NOT_AUTHENTICATED, code(() -> world.client(world.ca.issue(joe, Duration.ofMinutes(-1), List.of())).run(MINE)));
        Credentials foreign = CertificateAuthority.create(folder.resolve("other")).issue(joe, Duration.ofHours(1), List.of());
        assertEquals(ErrorCode.NOT_AUTHENTICATED, code(() -> world.client(foreign).run(MINE)));
        Credentials mine = world.issue(joe);
        HttpRpc client = world.client(mine);
        client.run(MINE);
        world.revocations.add(mine.certificate().getSerialNumber());
        assertEquals(ErrorCode.NOT_AUTHENTICATED, code(() -> client.run(MINE)), "on the living connection");
        assertEquals(ErrorCode.NOT_AUTHENTICATED, code(() -> world.client(mine).run(MINE)), "on a new one");
    }

    @Test
    void aRefusedCertificateIsToldWhyEachTime() {
        Credentials expired = world.ca.issue(Identity.user(1, "joe", null), Duration.ofMinutes(-1), List.of());
        for (int i = 0; i < 50; i++) {
            ApiException e = assertThrows(ApiException.class, () -> world.client(expired).run(HttpCall.get("/fast")));
            assertEquals(ErrorCode.NOT_AUTHENTICATED, e.error().code());
            assertTrue(e.error().cause().contains("expired"), e.error().cause());
        }
    }

    @Test
    void whereACertificateIsNeededNothingIsAnsweredWithoutOne() throws Exception {
        RpcServer strict = world.start(b -> b.clientAuth(ClientAuth.NEEDED).endpoints(Endpoints.of(new SampleApi())));
        assertTrue(strict.port() > 0);
        assertEquals(ErrorCode.NOT_AUTHENTICATED, code(() -> world.client(null).run(HttpCall.get("/fast"))));
        assertEquals("fast", world.user(1).text(HttpCall.get("/fast")));
    }

    @Test
    void theNameCaGivesNoRights() {
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> world.issue(Identity.user(1, "cA ", null))));
        // Even if such a certificate existed, its role and uid would count.
        HttpRpc called = world.client(world.issue(new Identity(eu.conpaas.api.Role.AGENT, 2, 8, "n", "CA", null)));
        assertEquals(ErrorCode.FORBIDDEN, code(() -> called.run(MINE)));
    }

    @Test
    void aUsersKeyServesNothing() throws Exception {
        KeyMaterial user = new KeyMaterial(world.issue(Identity.user(1, "joe", null)));
        RpcServer fake = world.keep(RpcServer.builder().keys(user).trust(Trust.ca(world.ca.certificate(), Peers.anybody()))
                .guard(World::guard).bind("127.0.0.1", 0).start());
        assertEquals(ErrorCode.NOT_AUTHENTICATED, code(() -> world.keep(world.builder(null, Peers.anybody())
                .base("https://127.0.0.1:" + fake.port()).build()).run(HttpCall.get("/fast"))));
    }

    @Test
    void clientsCheckWhomTheyTalkTo() {
        assertEquals("fast", world.client(null).text(HttpCall.get("/fast")));
        assertEquals(ErrorCode.NOT_AUTHENTICATED, code(() -> world.keep(world.builder(null, Peers.manager(1, 7)).build()).run(HttpCall.get("/fast"))));
        HttpRpc pinned = world.keep(world.builder(null, Peers.director()).trust(Trust.pin(world.ca.fingerprint(), Peers.director())).build());
        assertEquals("fast", pinned.text(HttpCall.get("/fast")));
        HttpRpc wrong = world.keep(world.builder(null, Peers.director()).trust(Trust.pin("ab".repeat(32), Peers.director())).build());
        ApiException e = assertThrows(ApiException.class, () -> wrong.run(HttpCall.get("/fast")));
        assertEquals(ErrorCode.NOT_AUTHENTICATED, e.error().code());
        assertTrue(e.error().cause().contains("fingerprint"));
    }

    @Test
    void newKeysAreUsedWithoutRestart() {
        KeyMaterial keys = new KeyMaterial(world.issue(Identity.user(2, "two", null)));
        HttpRpc client = world.keep(world.builder(null, Peers.director()).keys(keys).build());
        assertEquals(ErrorCode.FORBIDDEN, code(() -> client.run(MINE)));
        keys.replace(world.issue(Identity.user(1, "one", null)));
        client.run(MINE);
    }

    @Test
    void speaksTls12ButNothingOlder() throws Exception {
        assertEquals("TLSv1.3", handshake("TLSv1.3"));
        assertEquals("TLSv1.2", handshake("TLSv1.2"));
        assertThrows(SSLException.class, () -> handshake("TLSv1.1"));
    }

    private String handshake(String version) throws Exception {
        var tls = Tls.client(KeyMaterial.none(), Trust.ca(world.ca.certificate(), Peers.director()));
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", world.server.port())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }
}
