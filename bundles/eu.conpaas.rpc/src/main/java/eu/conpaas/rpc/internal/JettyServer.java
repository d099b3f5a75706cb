package eu.conpaas.rpc.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Tls;
import eu.conpaas.rpc.Limits;

/** Jetty with as few threads as it can do with: one selector for each address, everything else on virtual threads. */
public final class JettyServer {
    private static final Logger LOG = LoggerFactory.getLogger(JettyServer.class);
    private static final int SPARE_THREADS = 6;
    private static final int BUFFER = 16 << 10;
    /**
     * All of TLS 1.3, and of 1.2 those with forward secrecy and authenticated encryption. ChaCha20 is preferred: the products' JVMs have the
     * quick compiler only, which does not use the processor's instructions for AES, and then AES takes three times as long.
     */
    private static final String[] SUITES = {"TLS_CHACHA20_.*", "TLS_AES_.*", "TLS_ECDHE_ECDSA_.*CHACHA20.*", "TLS_ECDHE_ECDSA_.*_GCM_.*"};
    private final Server server;

    private JettyServer(Server server) {
        this.server = server;
    }

    public static JettyServer start(KeyMaterial keys, List<InetSocketAddress> addresses, Limits limits, Handler handler)
            throws IOException {
        QueuedThreadPool pool = new QueuedThreadPool(SPARE_THREADS + 2 * addresses.size(), 1);
        pool.setName("rpc");
        pool.setDaemon(true);
        pool.setReservedThreads(0);
        pool.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        Server server = new Server(pool);
        server.setStopTimeout(0);
        for (InetSocketAddress address : addresses) {
            ServerConnector connector = new ServerConnector(server, null, null, null, 0, 1, tls(keys),
                    new HttpConnectionFactory(http(limits)));
            connector.setHost(address.getAddress().getHostAddress());
            connector.setPort(address.getPort());
            connector.setIdleTimeout(limits.idle().toMillis());
            connector.addBean(new NetworkConnectionLimit(limits.connections(), connector));
            server.addConnector(connector);
        }
        server.setHandler(handler);
        server.setErrorHandler(new PlainErrors());
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            throw new IOException("cannot listen on " + addresses + ": " + e.getMessage(), e);
        }
        return new JettyServer(server);
    }

    private static SslConnectionFactory tls(KeyMaterial keys) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setSslContext(Tls.server(keys));
        factory.setIncludeProtocols(Tls.protocols());
        factory.setExcludeCipherSuites();
        factory.setIncludeCipherSuites(SUITES);
        factory.setWantClientAuth(true);
        SslConnectionFactory tls = new SslConnectionFactory(factory, "http/1.1");
        tls.setEnsureSecureRequestCustomizer(false);
        return tls;
    }

    private static HttpConfiguration http(Limits limits) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(limits.headerBytes());
        http.setOutputBufferSize(BUFFER);
        http.setInputBufferSize(BUFFER);
        http.setUseInputDirectByteBuffers(false);
        http.setUseOutputDirectByteBuffers(false);
        return http;
    }

    public List<InetSocketAddress> addresses() {
        List<InetSocketAddress> found = new ArrayList<>();
        for (var connector : server.getConnectors()) {
            ServerConnector c = (ServerConnector) connector;
            found.add(new InetSocketAddress(c.getHost(), c.getLocalPort()));
        }
        return found;
    }

    public void stop() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("the server did not stop cleanly", e);
        }
    }
}
