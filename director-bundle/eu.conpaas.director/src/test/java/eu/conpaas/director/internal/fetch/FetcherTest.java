package eu.conpaas.director.internal.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.fetch.AddressRules.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fetching from servers that mean well and servers that do not. */
class FetcherTest {
    private static final byte[] FILE = "the file".getBytes(StandardCharsets.US_ASCII);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private HttpServer secret;

    @BeforeEach
    void start() throws IOException {
        server = server("127.0.0.1");
        secret = server("127.0.0.9");
        server.createContext("/file", e -> answer(e, 200, FILE));
        server.createContext("/moved", e -> redirect(e, "/file"));
        server.createContext("/inside", e -> redirect(e, "http://127.0.0.9:" + secret.getAddress().getPort() + "/key"));
        server.createContext("/scheme", e -> redirect(e, "file:///etc/passwd"));
        server.createContext("/round", e -> redirect(e, "/round"));
        server.createContext("/endless", e -> drip(e, 0, new byte[1 << 16], 0));
        server.createContext("/huge", e -> drip(e, 1L << 40, new byte[1], 1000));
        server.createContext("/slow", e -> drip(e, 1000, new byte[1], 50));
        server.createContext("/short", e -> {
            e.sendResponseHeaders(200, 1000);
            e.getResponseBody().write(FILE);
            e.getHttpContext().getServer().stop(0);
        });
        secret.createContext("/", e -> {
            asked.incrementAndGet();
            answer(e, 200, FILE);
        });
    }

    private HttpServer server(String address) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(address, 0), 0);
        made.setExecutor(threads);
        made.start();
        return made;
    }

    @AfterEach
    void stop() {
        server.stop(0);
        secret.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().add("Location", to);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void drip(HttpExchange exchange, long length, byte[] part, long pause) throws IOException {
        exchange.sendResponseHeaders(200, length);
        OutputStream out = exchange.getResponseBody();
        try {
            while (true) {
                out.write(part);
                out.flush();
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Fetcher fetcher(Duration timeout, DnsResolver names) {
        FetchRules rules = new FetchRules(new AddressRules(List.of(Network.parse("127.0.0.1"))), 1 << 20, timeout);
        return names == null ? new Fetcher(rules) : new Fetcher(rules, names);
    }

    private byte[] fetch(Fetcher fetcher, String path) throws InterruptedException {
        String url = path.startsWith("/") ? "http://127.0.0.1:" + server.getAddress().getPort() + path : path;
        return fetcher.fetch(fetcher.check(url), () -> false, InputStream::readAllBytes);
    }

    private ErrorCode refused(String path, Duration timeout) {
        try (Fetcher fetcher = fetcher(timeout, null)) {
            return assertThrows(ApiException.class, () -> fetch(fetcher, path)).error().code();
        }
    }

    @Test
    void filesAreFetchedThroughRedirects() throws Exception {
        try (Fetcher fetcher = fetcher(Duration.ofSeconds(20), null)) {
            assertEquals("the file", new String(fetch(fetcher, "/file"), StandardCharsets.US_ASCII));
            assertEquals("the file", new String(fetch(fetcher, "/moved"), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void noServerLeadsWhereNothingIsFetchedFrom() {
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused("/inside", Duration.ofSeconds(20)));
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused("/scheme", Duration.ofSeconds(20)));
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused("/round", Duration.ofSeconds(20)));
        assertEquals(ErrorCode.UNAVAILABLE, refused("/nothing", Duration.ofSeconds(20)));
        assertEquals(0, asked.get());
    }

    @Test
    void badUrlsAreRefusedBeforeAnythingIsFetched() {
        try (Fetcher fetcher = fetcher(Duration.ofSeconds(20), null)) {
            for (String url : List.of("file:///etc/passwd", "ftp://example.org/x", "http://user:secret@127.0.0.1/", "nonsense", "http:///x", "http://127.0.0.9/", "http://[::1]/",
                    "http://169.254.169.254/latest/meta-data", "http://0x7f.1/", "http://[::ffff:127.0.0.9]/", "http://localhost./", "gopher://127.0.0.1/", "http://10.1.2.3/")) {
                assertThrows(ApiException.class, () -> fetcher.check(url), url);
            }
        }
    }

    @Test
    void sizeAndTimeAreBounded() {
        assertEquals(ErrorCode.TOO_LARGE, refused("/endless", Duration.ofSeconds(60)));
        assertEquals(ErrorCode.TOO_LARGE, refused("/huge", Duration.ofSeconds(60)));
        assertEquals(ErrorCode.TIMEOUT, refused("/slow", Duration.ofSeconds(1)));
        assertEquals(ErrorCode.UNAVAILABLE, refused("/short", Duration.ofSeconds(60)));
    }

    @Test
    void aNameThatChangesGainsNothing() {
        AtomicBoolean checked = new AtomicBoolean();
        DnsResolver turning = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws java.net.UnknownHostException {
                return new InetAddress[] {InetAddress.getByName(checked.getAndSet(true) ? "127.0.0.9" : "127.0.0.1")};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        try (Fetcher fetcher = fetcher(Duration.ofSeconds(20), turning)) {
            String url = "http://turning.example:" + secret.getAddress().getPort() + "/key";
            assertEquals(ErrorCode.INVALID_ARGUMENT, assertThrows(ApiException.class, () -> fetch(fetcher, url)).error().code());
            assertEquals(0, asked.get());
        }
    }

    @Test
    void whatIsNotWantedAnyMoreEnds() {
        try (Fetcher fetcher = fetcher(Duration.ofSeconds(60), null)) {
            AtomicBoolean unwanted = new AtomicBoolean();
            ApiException e = assertThrows(ApiException.class, () -> fetcher.fetch(fetcher.check("http://127.0.0.1:" + server.getAddress().getPort() + "/slow"),
                    unwanted::get, in -> {
                        unwanted.set(true);
                        return in.readAllBytes();
                    }));
            assertEquals(ErrorCode.CONFLICT, e.error().code());
        }
    }

    @Test
    void whichAddressesArePublic() throws Exception {
        AddressRules rules = new AddressRules(List.of(Network.parse("10.1.0.0/16")));
        for (String open : List.of("8.8.8.8", "10.1.2.3", "172.32.0.1", "2a00:1450::1", "64:ff9b::808:808", "223.255.255.1")) {
            assertTrue(rules.allows(InetAddress.getByName(open)), open);
        }
        for (String closed : List.of("0.0.0.0", "10.2.0.1", "127.8.8.8", "169.254.169.254", "172.31.255.1", "192.168.1.1", "100.100.0.1", "224.0.0.1", "255.255.255.255",
                "::", "::1", "fe80::1", "fd00:ec2::254", "fc00::1", "ff02::1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "::ffff:10.2.0.1", "fec0::1")) {
            assertFalse(rules.allows(InetAddress.getByName(closed)), closed);
        }
        for (String bad : List.of("localhost", "10.0.0.0/33", "x/8", "", "10.0.0.0/-1")) {
            assertThrows(IllegalArgumentException.class, () -> Network.parse(bad), bad);
        }
    }
}
