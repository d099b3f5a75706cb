package eu.conpaas.service.mysql.internal.data.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.rpc.Download;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.data.DataNames;
import eu.conpaas.service.mysql.internal.data.backup.Backup;
import eu.conpaas.service.mysql.internal.data.backup.BackupStore;
import eu.conpaas.service.mysql.internal.data.backup.Moment;
import eu.conpaas.service.mysql.internal.engine.Accounts;
import eu.conpaas.service.plan.SettingValues;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the service says of its data. */
public final class DataAnswers {
    private static final Duration PAUSE = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private final ServiceDescriptor descriptor;
    private final Hands hands;
    private final BackupStore store;
    private final DataCare care;

    public DataAnswers(ServiceDescriptor descriptor, Hands hands, BackupStore store, DataCare care) {
        this.descriptor = descriptor;
        this.hands = hands;
        this.store = store;
        this.care = care;
    }

    /** Empty if it is asked about something else. */
    public Optional<Map<String, Object>> query(String method, Situation situation) throws IOException {
        return switch (method) {
            case "get_password" -> Optional.of(password(situation));
            case "get_configuration" -> Optional.of(Map.of("settings", SettingValues.effective(descriptor, situation.to().settings())));
            case "list_backups" -> Optional.of(backups());
            case "get_service_performance" -> Optional.of(performance(situation));
            default -> Optional.empty();
        };
    }

    /** The password itself is known to nobody but who set it. */
    private static Map<String, Object> password(Situation situation) {
        boolean set = situation.to().data().containsKey(DataNames.ACCOUNT + Accounts.USER);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("user", Accounts.USER);
        answer.put("set", set);
        answer.put("message", set ? "The password is not kept, so it cannot be shown. If it is lost, set another by set_password."
                : "No password has been set yet; set one by set_password.");
        return answer;
    }

    private Map<String, Object> backups() throws IOException {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Backup backup : store.list()) {
            lines.add(backup.shown());
        }
        Map<String, Object> answer = new LinkedHashMap<>(Map.of("backups", lines));
        if (care.trouble() != null) {
            answer.put("trouble", care.trouble());
        }
        answer.put("now", Moment.forPrograms(Instant.now()));
        return answer;
    }

    /** Answers {@code sqldump}. @throws ApiException WRONG_STATE if there is no server to ask */
    public Download dump(Map<String, Object> arguments, Situation situation) {
        if (situation.to().placement().isEmpty()) {
            throw new ApiException(ErrorCode.WRONG_STATE, "Service not running.", "Start it first.");
        }
        NodeView master = hands.master(situation);
        String compress = String.valueOf(arguments.getOrDefault("compress", "none"));
        Map<String, Object> asked = Map.of("database", arguments.getOrDefault("database", ""), "compress", compress);
        return new Download("dump.sql" + (compress.equals("gz") ? ".gz" : ""), "application/octet-stream", -1,
                out -> situation.agents().download(master, "sqldump", asked, out, PAUSE));
    }

    /** With the figures that clients of 1.3.1 ask every service for. */
    private Map<String, Object> performance(Situation situation) {
        Map<String, Object> all = new TreeMap<>(Map.of("request_rate", 0.0, "error_rate", 0.0, "throughput", 0.0, "response_time", 0.0));
        all.putAll(metrics(situation));
        return all;
    }

    /** Figures of the service as a whole: sums over its servers, the worst of what tells how they hold together, the master's memory. */
    public Map<String, Double> metrics(Situation situation) {
        Map<String, Double> all = new TreeMap<>();
        List<NodeView> nodes = new ArrayList<>(hands.slaves(situation));
        situation.nodes(situation.to(), eu.conpaas.service.mysql.internal.Names.MASTERS).forEach(nodes::addLast);
        for (NodeView node : nodes) {
            try {
                add(situation.agents().call(node, "figures", Map.of(), SHORT), all);
            } catch (ApiException e) {
                if (e.error().code() == ErrorCode.STALE_EPOCH) {
                    throw e;
                }
            }
        }
        all.put("request_rate", all.getOrDefault("queries", 0.0));
        return all;
    }

    private static void add(Map<String, Object> figures, Map<String, Double> all) {
        figures.forEach((name, value) -> {
            double number = ((Number) value).doubleValue();
            switch (name) {
                case "replication_lag", "flow_control", "receive_queue" -> all.merge(name, number, Math::max);
                case "replication_running", "cluster_size" -> all.merge(name, number, Math::min);
                case "buffer_pool_hits" -> all.put(name, number);
                default -> all.merge(name, number, Double::sum);
            }
        });
    }
}
