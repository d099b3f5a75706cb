package eu.conpaas.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Event;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Role;
import eu.conpaas.pki.CertificateAuthority;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Keys;
import eu.conpaas.pki.Peers;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Cancellation;
import eu.conpaas.rpc.Endpoints;
import eu.conpaas.rpc.Request;
import eu.conpaas.rpc.RpcServer;

class DirectorTest {
    @TempDir
    Path folder;
    private CertificateAuthority ca;
    private RpcServer server;
    private String url;

    @BeforeEach
    void start() throws Exception {
        ca = CertificateAuthority.create(folder.resolve("ca"));
        KeyMaterial keys = new KeyMaterial(ca.issue(Identity.director("d", null), Duration.ofHours(1), List.of()));
        server = RpcServer.builder().keys(keys).trust(Trust.ca(ca.certificate(), Peers.anybody())).bind("127.0.0.1", 0)
                .endpoints(Endpoints.of(new FakeDirector(ca))).guard(DirectorTest::guard).uploads(folder.resolve("up")).start();
        url = "https://127.0.0.1:" + server.port();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Caller guard(Request request, Access access) {
        boolean password = "secret".equals(request.param("password"));
        boolean user = request.peer() != null && request.peer().role() == Role.USER || "t0ken".equals(request.token());
        boolean node = request.peer() != null && request.peer().node() != null;
        if (access == Access.PASSWORD ? password : access == Access.USER ? user : node) {
            return Caller.anonymous(request.address());
        }
        throw new ApiException(ErrorCode.NOT_AUTHENTICATED, "Not you.", "Sign in.");
    }

    private Director user() {
        return Connection.to(url).keys(new KeyMaterial(ca.issue(Identity.user(1, "joe", null), Duration.ofHours(1), List.of()))).director();
    }

    @Test
    void firstContactPinSignInAndCertificates() throws Exception {
        String fingerprint = FirstContact.fetchFingerprint(url, Duration.ofSeconds(5));
        assertEquals(ca.fingerprint(), fingerprint);
        try (Director pinned = Connection.to(url).pin(Connection.readable(fingerprint)).director()) {
            assertEquals(ErrorCode.NOT_AUTHENTICATED, assertThrows(ApiException.class, pinned::applications).error().code());
            assertEquals(ErrorCode.NOT_AUTHENTICATED, assertThrows(ApiException.class, () -> pinned.certificates("joe", "no")).error().code());
            pinned.signIn("joe", "secret");
            assertEquals(4, pinned.applications().getFirst().aid());
            Credentials credentials = pinned.certificates("joe", "secret");
            credentials.write(folder.resolve("me"));
        }
        try (Director mine = Connection.to(url).credentials(folder.resolve("me")).director()) {
            assertEquals("New Application", mine.applications().getFirst().name());
        }
    }

    @Test
    void plansChangesAndFollowsThem() {
        try (Director director = user()) {
            assertEquals(1, director.services().plan(7, "startup", Map.of()).plan().creditsNow());
            Operation accepted = director.services().change(7, "startup", Map.of("cloud", "default"), true).operation();
            List<Operation> seen = new ArrayList<>();
            Operation done = director.operations().await(accepted.id(), seen::add, Duration.ofSeconds(5), new Cancellation());
            assertEquals(Operation.State.DONE, done.state());
            assertEquals(2, seen.size());
        }
    }

    @Test
    void uploadsCode() throws Exception {
        Path archive = Files.writeString(folder.resolve("site.tar"), "content");
        try (Director director = user()) {
            var version = director.services().uploadVersion(7, archive, "first ", (done, all) -> { });
            assertEquals("first content", version.description());
            assertEquals("site.tar", version.filename());
        }
    }

    @Test
    void readsEvents() {
        List<Event> events = new ArrayList<>();
        boolean[] reload = new boolean[1];
        Cancellation cancellation = new Cancellation();
        try (Director director = user()) {
            assertThrows(CancellationException.class, () -> director.events(0, 0, null, new Director.EventListener() {
                @Override
                public void changed(Event event) {
                    events.add(event);
                    cancellation.cancel();
                }

                @Override
                public void reload() {
                    reload[0] = true;
                }
            }, cancellation));
        }
        assertTrue(reload[0]);
        assertEquals("RUNNING", events.getFirst().data().get("state"));
    }

    @Test
    void nodesEnrolAndWork() throws Exception {
        KeyMaterial keys = KeyMaterial.none();
        try (NodeLink link = Connection.to(url).pin(ca.fingerprint()).nodeLink()) {
            KeyPair pair = Keys.generate();
            assertThrows(ApiException.class, () -> link.enrol("n1", "twice", pair, "127.0.0.1", 1, "1.0"));
            keys.replace(NodeLink.credentials(link.enrol("n1", "once", pair, "127.0.0.1", 1, "1.0"), pair));
        }
        assertEquals(Identity.manager(1, 7, "n1"), keys.current().identity());
        try (NodeLink link = Connection.to(url).keys(keys).nodeLink()) {
            assertNull(link.work(0, new Cancellation()));
            Path target = folder.resolve("content");
            link.content("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", target, (done, all) -> { });
            assertEquals("hello", Files.readString(target));
            ByteArrayOutputStream streamed = new ByteArrayOutputStream();
            link.content("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", streamed);
            assertEquals("hello", streamed.toString(StandardCharsets.UTF_8));
            assertThrows(ApiException.class, () -> link.content("00", folder.resolve("other"), (done, all) -> { }));
            assertFalse(Files.exists(folder.resolve("other")));
        }
    }
}
