package eu.conpaas.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSocket;

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

/** Peers that hang, crawl or are not there. */
class NetworkTest {
    @TempDir
    Path folder;
    private World world;
    private final SampleApi api = new SampleApi();

    @BeforeEach
    void start() throws Exception {
        world = new World(folder);
        world.start(b -> b.endpoints(Endpoints.of(api)).limits(Limits.DEFAULT.withIdle(Duration.ofMillis(500))));
    }

    @AfterEach
    void stop() throws Exception {
        api.release.countDown();
        world.close();
    }

    private HttpRpc to(int port) {
        return world.keep(world.builder(null, Peers.director()).base("https://127.0.0.1:" + port).timeout(Duration.ofMillis(300))
                .connectTimeout(Duration.ofMillis(300)).retries(0).build());
    }

    @Test
    void aPeerThatAcceptsAndSaysNothingTimesOut() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            ApiException e = assertThrows(ApiException.class, () -> to(silent.getLocalPort()).run(HttpCall.get("/")));
            assertEquals(ErrorCode.TIMEOUT, e.error().code());
        }
    }

    @Test
    void anAnswerThatDoesNotComeTimesOut() {
        ApiException e = assertThrows(ApiException.class, () -> to(world.server.port()).run(HttpCall.get("/slow")));
        assertEquals(ErrorCode.TIMEOUT, e.error().code());
    }

    @Test
    void nobodyThereIsUnavailable() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        ApiException e = assertThrows(ApiException.class, () -> to(port).run(HttpCall.get("/")));
        assertEquals(ErrorCode.UNAVAILABLE, e.error().code());
        assertTrue(e.error().code().isRetryable());
    }

    @Test
    void cancelEndsACallAtOnce() throws Exception {
        Cancellation cancellation = new Cancellation();
        HttpRpc client = world.client(null);
        CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> client.text(HttpCall.get("/slow").cancellation(cancellation)), Thread::startVirtualThread);
        assertTrue(api.entered.tryAcquire(10, TimeUnit.SECONDS));
        cancellation.cancel();
        Throwable end = assertThrows(Exception.class, () -> call.get(5, TimeUnit.SECONDS));
        assertTrue(end instanceof CancellationException || end instanceof ExecutionException x && x.getCause() instanceof CancellationException, end.toString());
    }

    @Test
    void aLongWaitIsNoIdleConnection() throws Exception {
        HttpRpc client = world.client(null);
        CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> client.text(HttpCall.get("/slow")), Thread::startVirtualThread);
        assertTrue(api.entered.tryAcquire(10, TimeUnit.SECONDS));
        // Longer than the idle time of the server, found by another connection that it closes for idling.
        try (SSLSocket idle = socket(null)) {
            assertEquals(-1, idle.getInputStream().read());
        }
        api.release.countDown();
        assertEquals("\"late\"", call.get(10, TimeUnit.SECONDS));
    }

    @Test
    void slowUploadsDoNotHinderOthers() throws Exception {
        List<SSLSocket> crawling = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                SSLSocket socket = socket(new KeyMaterial(world.issue(Identity.user(1, "joe", null))));
                crawling.add(socket);
                OutputStream out = socket.getOutputStream();
                out.write(("PUT /things/1/file HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n"
                        + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nx").getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            HttpRpc client = world.client(null);
            for (int i = 0; i < 20; i++) {
                assertEquals("fast", client.text(HttpCall.get("/fast").timeout(Duration.ofSeconds(5))));
            }
            byte[] answer = crawling.getFirst().getInputStream().readNBytes(12);
            assertEquals("HTTP/1.1 400", new String(answer, StandardCharsets.US_ASCII));
        } finally {
            for (SSLSocket socket : crawling) {
                socket.close();
            }
        }
    }

    private SSLSocket socket(KeyMaterial keys) throws IOException {
        var tls = Tls.client(keys == null ? KeyMaterial.none() : keys, Trust.ca(world.ca.certificate(), Peers.director()));
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", world.server.port());
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return socket;
    }
}
