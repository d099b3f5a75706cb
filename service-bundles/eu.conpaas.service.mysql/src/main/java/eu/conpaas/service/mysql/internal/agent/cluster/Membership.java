package eu.conpaas.service.mysql.internal.agent.cluster;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.mysql.internal.agent.Member;
import eu.conpaas.service.mysql.internal.doc.ClusterState;
import eu.conpaas.service.mysql.internal.doc.ServerDoc;
import eu.conpaas.service.mysql.internal.engine.Cluster;
import eu.conpaas.service.mysql.internal.engine.ClusterFiles;
import eu.conpaas.service.mysql.internal.engine.MariaServer;
import eu.conpaas.service.mysql.internal.engine.ServerConfig;
import eu.conpaas.service.supervise.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server's membership in a cluster. It runs only after the manager has admitted it, by telling it the cluster's name; then it finds the others by itself, also
 * after a crash. It begins a cluster only when it is told to, once.
 */
public final class Membership {
    private static final Duration SHORT = Duration.ofSeconds(10);
    private final MariaServer server;
    private final Member member;
    private final ClusterFiles files;

    public Membership(MariaServer server, Member member) {
        this.server = server;
        this.member = member;
        this.files = new ClusterFiles(server.place());
    }

    /** The daemon of the server, none before it is admitted and has data. */
    public List<DaemonSpec> apply(ServerDoc doc) throws IOException {
        return server.apply(new ServerConfig(doc.serverId(), doc.settings(), Map.of(), new Cluster(name(), doc.cluster().peers())));
    }

    /**
     * Empty if the method is none of these: {@code member} answers {@link ClusterState}, {@code cluster_name} {name}, {@code progress} {folder} how far data are
     * that no server uses. {@code admit} {name} lets the server run, {@code dismiss} no more, and {@code begin} {name} has its next start begin a cluster.
     * {@code entry} {term} notes that users are led to it.
     */
    public Optional<Map<String, Object>> call(String method, Map<String, Object> arguments) throws IOException {
        return switch (method) {
            case "member" -> Optional.of(state().map());
            case "cluster_name" -> Optional.of(Map.of("name", name()));
            case "progress" -> Optional.of(files.progress(member.folder(arguments.get("folder").toString())).map());
            case "admit" -> {
                files.toJoin();
                rename(arguments.get("name").toString());
                yield Optional.of(Map.of());
            }
            case "dismiss" -> {
                dismiss();
                yield Optional.of(Map.of());
            }
            case "begin" -> {
                rename(arguments.get("name").toString());
                files.toBegin();
                yield Optional.of(Map.of());
            }
            case "entry" -> {
                member.note(new Member.Note(Long.parseLong(arguments.get("term").toString()), false, null));
                yield Optional.of(Map.of());
            }
            default -> Optional.empty();
        };
    }

    /** It is to be ended now and not to come back. One that looks for the others in vain would not listen for half a minute. */
    private void dismiss() throws IOException {
        rename("");
        if (!server.answers()) {
            server.place().context().supervisor().pid(MariaServer.DAEMON).flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private Path nameFile() throws IOException {
        return server.place().folder("etc").resolve("cluster.name");
    }

    private String name() throws IOException {
        return Files.exists(nameFile()) ? Files.readString(nameFile()) : "";
    }

    private void rename(String name) throws IOException {
        if (!name.matches("[0-9a-f]{0,32}")) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "no name of a cluster", "Make it of 32 hexadecimal digits.");
        }
        AtomicFiles.write(nameFile(), name.getBytes(StandardCharsets.UTF_8), server.place().user());
    }

    private ClusterState state() throws IOException {
        boolean there = member.isThere();
        boolean named = !name().isEmpty();
        try {
            Map<String, String> status = server.sql().within(SHORT).status("wsrep_%");
            boolean serving = List.of("Synced", "Donor/Desynced").contains(status.getOrDefault("wsrep_local_state_comment", ""));
            return new ClusterState(true, "Primary".equals(status.get("wsrep_cluster_status")), serving && "ON".equals(status.get("wsrep_ready")),
                    Integer.parseInt(status.getOrDefault("wsrep_cluster_size", "0")), there, named);
        } catch (ApiException e) {
            if (e.error().code() != ErrorCode.UNAVAILABLE && e.error().code() != ErrorCode.TIMEOUT) {
                throw e;
            }
            return ClusterState.down(there, named);
        }
    }
}
