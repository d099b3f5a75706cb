package eu.conpaas.rpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.internal.Dispatcher;
import eu.conpaas.rpc.internal.JettyServer;

/**
 * An HTTPS server for endpoints, or for the methods of a manager or agent, or both.
 * <pre>
 * RpcServer server = RpcServer.builder().keys(keys).trust(trust).bind("10.0.0.1", 5555)
 *         .endpoints(Endpoints.of(users, services)).guard(guard).start();
 * </pre>
 * Each call runs on a virtual thread of its own.
 */
public final class RpcServer implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private final JettyServer jetty;
    private final Dispatcher dispatcher;

    private RpcServer(JettyServer jetty, Dispatcher dispatcher) {
        this.jetty = jetty;
        this.dispatcher = dispatcher;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Addresses listened on, in the order of {@link Builder#bind}, with the ports really taken. */
    public List<InetSocketAddress> addresses() {
        return jetty.addresses();
    }

    /** Port of the first address. */
    public int port() {
        return addresses().getFirst().getPort();
    }

    /** Ends event streams, lets calls under way finish for some seconds, interrupts what is left, and frees the ports. */
    @Override
    public void close() {
        dispatcher.close(GRACE);
        jetty.stop();
    }

    /** Settings of a server. */
    public static final class Builder {
        private final List<InetSocketAddress> addresses = new ArrayList<>();
        private KeyMaterial keys;
        private Trust trust;
        private ClientAuth clientAuth = ClientAuth.WANTED;
        private Endpoints endpoints = new Endpoints();
        private MethodTable methods;
        private Guard guard;
        private Limits limits = Limits.DEFAULT;
        private RequestLog log = entry -> { };
        private Path uploads;

        private Builder() {
        }

        /** The server's own key; may be replaced while it runs. */
        public Builder keys(KeyMaterial material) {
            keys = material;
            return this;
        }

        /** Whose certificates are accepted; {@code Peers.anybody()} in it if the guard decides. */
        public Builder trust(Trust newTrust) {
            trust = newTrust;
            return this;
        }

        public Builder clientAuth(ClientAuth auth) {
            clientAuth = auth;
            return this;
        }

        /**
         * Adds an address to listen on; there must be at least one.
         *
         * @param address IP address or host name, never the wildcard
         * @param port    0 for any free one
         * @throws IllegalArgumentException if it is unknown or the wildcard
         */
        public Builder bind(String address, int port) {
            InetSocketAddress socket = new InetSocketAddress(address, port);
            InetAddress ip = socket.getAddress();
            if (ip == null || ip.isAnyLocalAddress()) {
                throw new IllegalArgumentException("cannot listen on " + address + ": name an address of this machine");
            }
            addresses.add(socket);
            return this;
        }

        public Builder endpoints(Endpoints table) {
            endpoints = table;
            return this;
        }

        /** Methods answered at path {@code /}. */
        public Builder methods(MethodTable table) {
            methods = table;
            return this;
        }

        public Builder guard(Guard newGuard) {
            guard = newGuard;
            return this;
        }

        public Builder limits(Limits newLimits) {
            limits = newLimits;
            return this;
        }

        public Builder log(RequestLog newLog) {
            log = newLog;
            return this;
        }

        /** Folder for uploads under way (made if absent), best on the disk they are to stay on. Default: the system's temporary folder. */
        public Builder uploads(Path folder) {
            uploads = folder;
            return this;
        }

        /**
         * Starts it.
         *
         * @throws IOException           if an address cannot be bound; the message names it
         * @throws IllegalStateException if a setting is missing
         */
        public RpcServer start() throws IOException {
            Objects.requireNonNull(keys, "keys");
            Objects.requireNonNull(trust, "trust");
            Objects.requireNonNull(guard, "guard");
            if (addresses.isEmpty()) {
                throw new IllegalStateException("no address to listen on");
            }
            Path folder = uploads == null ? Path.of(System.getProperty("java.io.tmpdir")) : Files.createDirectories(uploads);
            Dispatcher dispatcher = new Dispatcher(endpoints, methods, guard, limits, log, trust, clientAuth, folder);
            return new RpcServer(JettyServer.start(keys, addresses, limits, dispatcher), dispatcher);
        }
    }
}
