package eu.conpaas.director.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeContext;
import eu.conpaas.client.NodeLink;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Peers;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.ClientAuth;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.MethodTable;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.RpcMethod;
import eu.conpaas.rpc.RpcServer;

/** Managers that hold data, by service id. */
final class PlayedData implements AutoCloseable {
    final Map<Long, byte[]> held = new ConcurrentHashMap<>();
    /** Streams that break off in the middle before one comes through. */
    final AtomicInteger breaks = new AtomicInteger();
    /** Restores that are answered LATER before one is done. */
    final AtomicInteger laters = new AtomicInteger();
    volatile String format = "opaque";
    /** The log of each manager. */
    volatile byte[] log = "nothing yet\n".getBytes(StandardCharsets.UTF_8);
    /** What a restore is answered with instead of being done. */
    volatile String answer;
    volatile ApiException failure;
    private final List<RpcServer> servers = new CopyOnWriteArrayList<>();
    private final Path folder;

    PlayedData(Path folder) {
        this.folder = folder;
    }

    InetSocketAddress open(NodeContext context, KeyMaterial keys, NodeLink link) {
        try {
            RpcServer server = RpcServer.builder().keys(keys).trust(Trust.ca(keys.current().ca(), Peers.director())).clientAuth(ClientAuth.NEEDED).bind("127.0.0.1", 0)
                    .methods(new MethodTable(Access.SERVICE_PEER).addAll(new Manager(context.sid(), link))).guard((r, a) -> Caller.of(r.peer(), r.address())).start();
            servers.add(server);
            return new InetSocketAddress("127.0.0.1", server.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One manager's methods. */
    public final class Manager {
        private final long sid;
        private final NodeLink link;

        Manager(long sid, NodeLink link) {
            this.sid = sid;
            this.link = link;
        }

        @RpcMethod(verb = "GET", help = "Logs.")
        public Map<String, Object> logs() {
            return Map.of("logs", List.of(Map.of("name", "node", "size", log.length)));
        }

        @RpcMethod(verb = "GET", help = "A piece of the log.")
        public Map<String, Object> log(@Param("name") String name, @Param("offset") long offset, @Param("limit") int limit) {
            int start = (int) Math.min(offset, log.length);
            int end = Math.min(log.length, start + limit);
            return Map.of("offset", start, "next", end, "size", log.length, "text", new String(log, start, end - start, StandardCharsets.UTF_8));
        }

        @RpcMethod(verb = "GET", help = "Figures.")
        public Map<String, Object> metrics(@Param("since") long since) {
            return Map.of("latest", Map.of("cpu", 2.0), "history", List.of(Map.of("time", 10, "values", Map.of("cpu", 1.0)), Map.of("time", 20, "values", Map.of("cpu", 2.0))).stream()
                    .filter(s -> (int) s.get("time") > since).toList());
        }

        @RpcMethod(value = "data_parts", verb = "GET", help = "Parts.")
        public Map<String, Object> parts() {
            return Map.of("parts", held.containsKey(sid) ? List.of(Map.of("name", "things", "format", format)) : List.of());
        }

        @RpcMethod(value = "save_data", verb = "GET", help = "A part.")
        public Download save(@Param("part") String part) {
            byte[] bytes = held.get(sid);
            return new Download(part, "application/octet-stream", -1, out -> {
                if (breaks.getAndDecrement() > 0) {
                    out.write(bytes, 0, bytes.length / 2);
                    out.flush();
                    throw new IOException("broken by the test");
                }
                out.write(bytes);
            });
        }

        @RpcMethod(value = "restore_data", verb = "POST", help = "Puts a part in.")
        public Map<String, Object> restore(@Param("part") String part, @Param("sha256") String sha256) throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (laters.getAndDecrement() > 0) {
                return Map.of("state", "LATER");
            }
            if (answer != null) {
                return Map.of("state", answer);
            }
            if (!part.equals("things")) {
                throw new ApiException(ErrorCode.INVALID_ARGUMENT, "What is " + part + "?", "");
            }
            Path file = folder.resolve(sid + "-" + sha256);
            link.content(sha256, file, (done, total) -> { });
            held.put(sid, Files.readAllBytes(file));
            return Map.of("state", "DONE");
        }
    }

    @Override
    public void close() {
        servers.forEach(RpcServer::close);
    }
}
