package eu.conpaas.rpc.internal.http;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Tls;
import eu.conpaas.pki.Trust;

/** The HTTP client with its pool, made when first needed and emptied when the keys change. */
final class Connections implements AutoCloseable {
    /** After this a connection is not used again, so that none lives on with a certificate long replaced. */
    private static final TimeValue LIFE = TimeValue.ofMinutes(5);
    private static final TimeValue TRUSTED_IDLE = TimeValue.ofSeconds(1);
    private final KeyMaterial keys;
    private final Trust trust;
    private final Duration connect;
    private final int perServer;
    private final Runnable renewed = this::dropIdle;
    private PoolingHttpClientConnectionManager pool;
    private CloseableHttpClient client;
    private boolean closed;

    Connections(KeyMaterial keys, Trust trust, Duration connect, int perServer) {
        this.keys = keys;
        this.trust = trust;
        this.connect = connect;
        this.perServer = perServer;
    }

    synchronized CloseableHttpClient client() {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
        if (client == null) {
            pool = PoolingHttpClientConnectionManagerBuilder.create().setTlsSocketStrategy(new Upgrade(Tls.client(keys, trust), connect))
                    .setMaxConnPerRoute(perServer).setMaxConnTotal(perServer * 16)
                    .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(Timeout.of(connect)).setTimeToLive(LIFE)
                            .setValidateAfterInactivity(TRUSTED_IDLE).build())
                    .build();
            client = HttpClients.custom().setConnectionManager(pool).disableAutomaticRetries().disableRedirectHandling()
                    .disableCookieManagement().disableAuthCaching().disableContentCompression().setUserAgent("conpaas")
                    .setDefaultRequestConfig(RequestConfig.custom().setAuthenticationEnabled(false).build()).build();
            keys.onReplace(renewed);
        }
        return client;
    }

    private synchronized void dropIdle() {
        if (pool != null) {
            pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        keys.removeListener(renewed);
        if (client != null) {
            client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
        }
    }

    /** TLS over a connected socket. Who the peer is decides the trust manager, so there is no host name check. */
    private record Upgrade(SSLContext tls, Duration handshake) implements TlsSocketStrategy {
        @Override
        public SSLSocket upgrade(Socket socket, String host, int port, Object attachment, HttpContext context) throws IOException {
            SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, host, port, true);
            try {
                secure.setEnabledProtocols(Tls.protocols());
                secure.setSoTimeout((int) handshake.toMillis());
                secure.startHandshake();
                secure.setSoTimeout(0);
                return secure;
            } catch (IOException | RuntimeException e) {
                secure.close();
                throw e;
            }
        }
    }
}
