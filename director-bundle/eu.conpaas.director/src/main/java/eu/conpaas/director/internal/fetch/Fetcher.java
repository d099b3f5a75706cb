package eu.conpaas.director.internal.fetch;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.util.Timeout;

/**
 * Fetches files for users. Names are resolved once, what they lead to is checked, and the connection goes to just that address, so that a name that changes
 * between check and use gains nothing; each redirect is checked the same way.
 */
public final class Fetcher implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int REDIRECTS = 5;
    private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);
    private static final long LOOK_MILLIS = 200;
    private final FetchRules rules;
    private final DnsResolver names;
    private final CloseableHttpClient client;

    public Fetcher(FetchRules rules) {
        this(rules, SystemDefaultDnsResolver.INSTANCE);
    }

    Fetcher(FetchRules rules, DnsResolver names) {
        this.rules = rules;
        this.names = names;
        long idle = Math.min(IDLE.toMillis(), rules.timeout().toMillis());
        ConnectionConfig connections = ConnectionConfig.custom().setConnectTimeout(Timeout.ofMilliseconds(idle)).setSocketTimeout(Timeout.ofMilliseconds(idle)).build();
        this.client = HttpClients.custom().disableRedirectHandling().disableAutomaticRetries().disableContentCompression().disableCookieManagement().disableAuthCaching()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create().setDnsResolver(new Checking()).setDefaultConnectionConfig(connections).build())
                .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(Timeout.ofMilliseconds(idle)).build()).setUserAgent("ConPaaS").build();
    }

    /** Takes what is fetched, as a stream. */
    @FunctionalInterface
    public interface Sink<T> {
        T take(InputStream in) throws IOException;
    }

    /**
     * The URL, if it is one that may be fetched as far as can be told without connecting.
     *
     * @throws ApiException INVALID_ARGUMENT saying what is wrong with it
     */
    public URI check(String url) {
        try {
            URI uri = new URI(url.strip());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https") || uri.getHost() == null || uri.getUserInfo() != null) {
                throw new ApiException(ErrorCode.INVALID_ARGUMENT, "'" + url + "' is not fetched: only http and https URLs without a password in them are.",
                        "Put the file on a web server.");
            }
            new Checking().resolve(uri.getHost());
            return uri;
        } catch (URISyntaxException | UnknownHostException e) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "'" + url + "' is no URL to fetch from: " + e.getMessage() + ".", "Correct it.", e);
        }
    }

    /**
     * Fetches a file.
     *
     * @param unwanted asked now and then; true ends it
     * @throws ApiException INVALID_ARGUMENT, TOO_LARGE, TIMEOUT, UNAVAILABLE, or what the sink throws
     */
    public <T> T fetch(URI uri, BooleanSupplier unwanted, Sink<T> sink) throws InterruptedException {
        long end = System.nanoTime() + rules.timeout().toNanos();
        AtomicReference<HttpGet> current = new AtomicReference<>();
        Thread watcher = Thread.ofVirtual().name("fetch " + uri.getHost()).start(() -> watch(end, unwanted, current));
        try {
            URI at = uri;
            for (int i = 0; i <= REDIRECTS; i++) {
                HttpGet get = new HttpGet(at);
                current.set(get);
                Step<T> step = client.execute(get, response -> step(get, response, sink));
                if (step.next == null) {
                    return step.result;
                }
                at = check(at.resolve(step.next).toString());
            }
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, uri + " redirects more than " + REDIRECTS + " times.", "Give the URL it leads to.");
        } catch (IOException | RuntimeException e) {
            throw failure(uri, e, System.nanoTime() >= end, unwanted.getAsBoolean());
        } finally {
            watcher.interrupt();
        }
    }

    private static RuntimeException failure(URI uri, Exception e, boolean late, boolean unwanted) throws InterruptedException {
        if (Thread.interrupted() || e instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("closing");
        }
        if (unwanted) {
            return new ApiException(ErrorCode.CONFLICT, "Cancelled by request.", "", e);
        }
        if (late) {
            return new ApiException(ErrorCode.TIMEOUT, uri + " did not arrive in time.", "Use a faster server, or have the director's FETCH_TIMEOUT raised.", e);
        }
        return e instanceof ApiException api ? api
                : new ApiException(ErrorCode.UNAVAILABLE, uri + " cannot be fetched: " + e.getMessage() + ".", "Look whether the server answers, and try again.", e);
    }

    private static void watch(long end, BooleanSupplier unwanted, AtomicReference<HttpGet> current) {
        try {
            while (System.nanoTime() < end && !unwanted.getAsBoolean()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            HttpGet get = current.get();
            while (get != null) {
                get.cancel();
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                get = current.get();
            }
        } catch (InterruptedException e) {
            // the file is there
            Thread.currentThread().interrupt();
        }
    }

    private record Step<T>(String next, T result) {
    }

    /** What is not wanted to its end is cut off: the client would read it all before it goes on. */
    private <T> Step<T> step(HttpGet get, ClassicHttpResponse response, Sink<T> sink) throws IOException {
        try {
            return step(response, sink);
        } catch (IOException | RuntimeException e) {
            get.cancel();
            throw e;
        }
    }

    private <T> Step<T> step(ClassicHttpResponse response, Sink<T> sink) throws IOException {
        Header location = response.getFirstHeader("Location");
        if (MOVED.contains(response.getCode()) && location != null) {
            return new Step<>(location.getValue(), null);
        }
        if (response.getCode() != 200 || response.getEntity() == null) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "the server answers " + response.getCode() + " " + response.getReasonPhrase() + " instead of the file.",
                    "Look at the URL in a browser.");
        }
        if (response.getEntity().getContentLength() > rules.limit()) {
            throw tooLarge();
        }
        return new Step<>(null, sink.take(new Limited(response.getEntity().getContent())));
    }

    private ApiException tooLarge() {
        return new ApiException(ErrorCode.TOO_LARGE, "the file is larger than the " + (rules.limit() >> 20) + " MiB that are fetched at most.",
                "Upload it instead, or have the director's FETCH_LIMIT raised.");
    }

    /** Gives allowed addresses only. */
    private final class Checking implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = names.resolve(host);
            for (InetAddress address : addresses) {
                if (!rules.addresses().allows(address)) {
                    throw new ApiException(ErrorCode.INVALID_ARGUMENT, "'" + host + "' is not fetched from: it has an address that is not public.", "Use a public server, or have the director's FETCH_ALLOW list it.");
                }
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    private final class Limited extends FilterInputStream {
        private long left = rules.limit();

        private Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = super.read(bytes, offset, length);
            left -= Math.max(0, n);
            if (left < 0) {
                throw tooLarge();
            }
            return n;
        }
    }

    @Override
    public void close() {
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }
}
