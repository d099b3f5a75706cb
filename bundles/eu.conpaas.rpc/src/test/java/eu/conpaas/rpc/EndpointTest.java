package eu.conpaas.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.pki.Identity;

class EndpointTest {
    @TempDir
    Path folder;
    private World world;
    private final SampleApi api = new SampleApi();
    private HttpRpc user;

    @BeforeEach
    void start() throws Exception {
        world = new World(folder);
        world.start(b -> b.endpoints(Endpoints.of(api)).uploads(folder.resolve("up"))
                .limits(Limits.DEFAULT.withPerClient(2).withKeepAlive(Duration.ofMillis(50))));
        user = world.user(1);
    }

    @AfterEach
    void stop() throws Exception {
        api.release.countDown();
        world.close();
    }

    private static ErrorCode code(Executable call) {
        return assertThrows(ApiException.class, call).error().code();
    }

    @Test
    void takesArgumentsFromPathQueryFormAndJson() {
        assertEquals("[{\"id\":7,\"name\":\"limit 3\",\"made\":\"1970-01-01T00:00:00Z\"}]",
                user.text(HttpCall.get("/services/7/things").query("limit", 3)));
        SampleApi.Thing form = user.call(HttpCall.post("/things").field("name", "ä").field("tags", "[\"x\"]").field("flag", "on"), SampleApi.Thing.class);
        assertEquals("ä[x]true", form.name());
        SampleApi.Thing json = user.call(HttpCall.post("/things").json(Map.of("name", "n", "tags", List.of("y"), "flag", false)), SampleApi.Thing.class);
        assertEquals("n[y]false", json.name());
    }

    @Test
    void refusesWrongArguments() {
        assertEquals(ErrorCode.MISSING_ARGUMENT, code(() -> user.run(HttpCall.post("/things").field("name", "n"))));
        assertEquals(ErrorCode.UNEXPECTED_ARGUMENT, code(() -> user.run(HttpCall.get("/services/7/things").query("other", 1))));
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> user.run(HttpCall.get("/services/7/things").query("limit", "many"))));
        assertEquals(ErrorCode.NOT_FOUND, code(() -> user.run(HttpCall.get("/nothing"))));
        assertEquals(ErrorCode.METHOD_NOT_ALLOWED, code(() -> user.run(HttpCall.delete("/things"))));
    }

    @Test
    void asksTheGuardForRoleAndOwner() {
        assertEquals(ErrorCode.FORBIDDEN, code(() -> world.user(2).run(HttpCall.get("/services/7/things"))));
        assertEquals(ErrorCode.FORBIDDEN, code(() -> user.run(HttpCall.get("/services/8/things"))));
        assertEquals(ErrorCode.NOT_AUTHENTICATED, code(() -> world.client(null).run(HttpCall.get("/services/7/things"))));
        HttpRpc agent = world.client(world.issue(Identity.agent(1, 7, "n1")));
        assertEquals(ErrorCode.FORBIDDEN, code(() -> agent.run(HttpCall.get("/services/7/things"))));
    }

    @Test
    void answersErrorsWithoutTellingTheInside() {
        ApiException e = assertThrows(ApiException.class, () -> user.run(HttpCall.get("/broken")));
        assertEquals(ErrorCode.INTERNAL, e.error().code());
        assertFalse(e.error().cause().contains("secret"));
        assertEquals("fast", user.text(HttpCall.get("/fast")));
    }

    @Test
    void streamsUploadsAndRemovesThem() throws Exception {
        Path file = Files.write(folder.resolve("straße.bin"), new byte[300_000]);
        List<Long> moved = new ArrayList<>();
        String answer = user.text(HttpCall.put("/things/5/file").file("file", file).field("note", "ü").progress((done, all) -> moved.add(done)));
        Map<String, Object> map = Json.map(answer);
        assertEquals(300_000, map.get("read"));
        assertEquals("straße.bin", map.get("name"));
        assertEquals("ü", map.get("note"));
        assertTrue(moved.getLast() >= 300_000);
        assertFalse(Files.exists(api.lastUpload));
        Path large = Files.write(folder.resolve("large"), new byte[2 << 20]);
        assertEquals(ErrorCode.TOO_LARGE, code(() -> user.run(HttpCall.put("/things/5/file").file("file", large))));
        assertEquals(ErrorCode.NOT_AUTHENTICATED, code(() -> world.client(null).run(HttpCall.put("/things/5/file").file("file", large))));
        try (var left = Files.list(folder.resolve("up"))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void sendsFiles() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(5, user.download(HttpCall.get("/file"), out));
        assertEquals("hello", out.toString(StandardCharsets.UTF_8));
        assertEquals(ErrorCode.NOT_FOUND, code(() -> user.download(HttpCall.get("/nothing"), new ByteArrayOutputStream())));
    }

    @Test
    void limitsCallsUnderWayPerClient() throws Exception {
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> user.text(HttpCall.get("/slow")), Thread::startVirtualThread);
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> user.text(HttpCall.get("/slow")), Thread::startVirtualThread);
        assertTrue(api.entered.tryAcquire(2, 10, TimeUnit.SECONDS));
        assertEquals(ErrorCode.TOO_MANY_REQUESTS, code(() -> user.run(HttpCall.get("/fast"))));
        assertEquals("fast", world.user(2).text(HttpCall.get("/fast")));
        api.release.countDown();
        assertEquals("\"late\"", first.get(10, TimeUnit.SECONDS));
        second.get(10, TimeUnit.SECONDS);
    }

    @Test
    void resumesEventStreams() throws Exception {
        Cancellation cancellation = new Cancellation();
        List<String> ids = new ArrayList<>();
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> user.events(HttpCall.get("/events"), null, event -> {
            ids.add(event.id() + event.kind() + event.data());
            if (ids.size() == 5) {
                cancellation.cancel();
            }
        }, cancellation), Thread::startVirtualThread);
        assertTrue(assertThrows(java.util.concurrent.ExecutionException.class, () -> reading.get(20, TimeUnit.SECONDS))
                .getCause() instanceof CancellationException);
        assertEquals("1thing{\"n\":1}", ids.get(0));
        assertEquals("5thing{\"n\":5}", ids.get(4));
    }

    @Test
    void endsInOrder() throws Exception {
        CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> user.text(HttpCall.get("/slow")), Thread::startVirtualThread);
        assertTrue(api.entered.tryAcquire(10, TimeUnit.SECONDS));
        CompletableFuture<Void> closing = CompletableFuture.runAsync(world.server::close, Thread::startVirtualThread);
        api.release.countDown();
        assertEquals("\"late\"", slow.get(10, TimeUnit.SECONDS));
        closing.get(10, TimeUnit.SECONDS);
        assertEquals(ErrorCode.UNAVAILABLE, code(() -> user.run(HttpCall.post("/things"))));
    }

    @Test
    void logsNothingSecret() {
        user.text(HttpCall.post("/login").field("username", "joe").field("password", "secret"));
        world.server.close();
        assertEquals("joe", world.log.getLast().caller());
        assertFalse(world.log.toString().contains("secret"));
    }

    @Test
    void refusesEndpointsWithoutAccess() {
        Object open = new Object() {
            @Expose(verb = Verb.GET, path = "/x", access = Access.UNDECLARED, help = "x")
            public String x() {
                return "x";
            }
        };
        assertThrows(IllegalArgumentException.class, () -> Endpoints.of(open));
        assertThrows(IllegalArgumentException.class, () -> RpcServer.builder().bind("0.0.0.0", 0));
    }

    @Test
    void describesItself() {
        Map<String, Object> document = OpenApi.of(Endpoints.of(api), "Sample", "1");
        String json = Json.write(document);
        assertTrue(json.contains("\"/services/{sid}/things\""));
        assertTrue(json.contains("#/components/schemas/SampleApiThing"));
        assertTrue(json.contains("multipart/form-data"));
    }
}
