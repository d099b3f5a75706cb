package eu.conpaas.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Peers;
import eu.conpaas.pki.Tls;
import eu.conpaas.pki.Trust;

/** Sees the answers as a client written for 1.3.1 does: by a client that is not ours, byte by byte. */
class LegacyTest {
    @TempDir
    Path folder;
    private World world;
    private HttpClient http;

    @BeforeEach
    void start() throws Exception {
        world = new World(folder);
        MethodTable methods = new MethodTable(Access.SERVICE_PEER).addAll(new Methods());
        world.start(b -> b.endpoints(Endpoints.of(new SampleApi())).methods(methods).uploads(folder.resolve("up")));
        SSLContext tls = Tls.client(new KeyMaterial(world.issue(Identity.user(1, "joe", "j@example.org"))),
                Trust.ca(world.ca.certificate(), Peers.director()));
        http = HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterEach
    void stop() throws Exception {
        http.close();
        world.close();
    }

    public static final class Methods {
        @RpcMethod(verb = "GET", value = "get_service_info", help = "State.")
        public Map<String, Object> info() {
            return Map.of("state", "RUNNING");
        }

        @RpcMethod(verb = "POST", value = "add_nodes", help = "More.")
        public Map<String, Object> add(@Param("count") int count) {
            if (count < 0) {
                throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments", "Give a positive number.");
            } else if (count == 0) {
                throw new IllegalStateException("bug");
            }
            return Map.of();
        }

        @RpcMethod(verb = "UPLOAD", value = "upload_code_version", help = "Code.")
        public Map<String, Object> upload(@Param("code") Upload code, @Param(value = "description", required = false) String description) {
            return Map.of("size", code.size());
        }
    }

    private HttpResponse<String> send(String verb, String path, String type, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + world.server.port() + path));
        if (type != null) {
            request.header("Content-Type", type);
        }
        return http.send(request.method(verb, HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> form(String path, String body) throws Exception {
        return send("POST", path, "application/x-www-form-urlencoded", body);
    }

    @Test
    void directorAnswersAsBefore() throws Exception {
        assertEquals("[{\"aid\":1}]", form("/listapp", "username=joe&password=wrong").body());
        assertEquals("true", form("/renameapp/1", "username=joe&password=wrong&name=x").body());
        HttpResponse<String> missing = form("/renameapp/1", "username=joe&password=wrong");
        assertEquals("false", missing.body());
        assertEquals(200, missing.statusCode());
        assertTrue(missing.headers().firstValue("X-ConPaaS-Error").orElseThrow().contains("\"code\":\"MISSING_ARGUMENT\""));
        assertEquals("false", form("/renameapp/2", "name=x").body());
        HttpResponse<String> taken = form("/renameapp/1", "name=taken");
        assertEquals(200, taken.statusCode());
        assertEquals("{\"error\":true,\"msg\":\"Application \\\"taken\\\" exists.\",\"code\":\"CONFLICT\",\"cause\":"
                + "\"Application \\\"taken\\\" exists.\",\"next\":\"Choose another name.\"}", taken.body());
        assertEquals("false", form("/login", "username=joe&password=no").body());
        assertEquals("{\"username\":\"joe\"}", form("/login", "username=joe&password=secret").body());
        assertTrue(taken.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
        assertTrue(taken.headers().firstValue("X-Content-Type-Options").isPresent());
        assertFalse(taken.headers().firstValue("Server").isPresent());
    }

    @Test
    void managerAnswersAsBefore() throws Exception {
        assertEquals("{\"result\":{\"state\":\"RUNNING\"},\"error\":null,\"id\":1}",
                send("GET", "/?method=get_service_info&id=1&params=%7B%7D", "application/json", "").body());
        assertEquals("{\"result\":{},\"error\":null,\"id\":\"a\"}",
                send("POST", "/", "application/json-rpc", "{\"method\":\"add_nodes\",\"params\":{\"count\":1},\"id\":\"a\"}").body());
        HttpResponse<String> invalid = send("POST", "/", "application/jsonrequest", "{\"method\":\"add_nodes\",\"params\":{\"count\":-1},\"id\":2}");
        assertEquals(200, invalid.statusCode());
        assertEquals("{\"error\":\"Invalid arguments\",\"id\":2,\"code\":\"INVALID_ARGUMENT\",\"cause\":\"Invalid arguments\","
                + "\"next\":\"Give a positive number.\"}", invalid.body());
        assertTrue(send("POST", "/", "application/json", "{\"method\":\"add_nodes\",\"id\":3}").body().startsWith("{\"error\":\"Missing argument \\\"count\\\"\""));
        assertTrue(send("POST", "/", "application/json", "{\"method\":\"add_nodes\",\"params\":{\"count\":0}}").body().contains("\"code\":\"INTERNAL\""));
        String multipart = "--b\r\nContent-Disposition: form-data; name=\"code\"; filename=\"a.tar\"\r\n\r\nabc\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"method\"\r\n\r\nupload_code_version\r\n--b--\r\n";
        assertEquals("{\"result\":{\"size\":3},\"error\":null,\"id\":null}", send("POST", "/", "multipart/form-data; boundary=b", multipart).body());
    }

    @Test
    void managerRefusesAsBefore() throws Exception {
        assertEquals(404, send("GET", "/?method=none&id=1", "application/json", "").statusCode());
        assertEquals(404, send("GET", "/elsewhere", "application/json", "").statusCode());
        assertEquals(400, send("GET", "/?id=1", "application/json", "").statusCode());
        assertEquals(415, send("GET", "/?method=get_service_info", null, "").statusCode());
        assertEquals(405, send("PUT", "/", "application/json", "").statusCode());
    }

    @Test
    void ownClientSpeaksIt() throws Exception {
        JsonRpc rpc = new JsonRpc(world.user(1));
        assertEquals("RUNNING", rpc.get("get_service_info", Map.of()).path("state").asText());
        assertEquals(ErrorCode.INVALID_ARGUMENT, org.junit.jupiter.api.Assertions.assertThrows(ApiException.class,
                () -> rpc.post("add_nodes", Map.of("count", -1))).error().code());
        Path file = java.nio.file.Files.writeString(folder.resolve("a.tar"), "abcd");
        assertEquals(4, rpc.upload("upload_code_version", Map.of(), "code", file, (done, all) -> { }).path("size").asInt());
    }
}
