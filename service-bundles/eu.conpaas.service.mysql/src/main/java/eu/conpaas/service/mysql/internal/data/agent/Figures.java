package eu.conpaas.service.mysql.internal.data.agent;

import eu.conpaas.service.mysql.internal.engine.MariaServer;
import eu.conpaas.service.supervise.LogFiles;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What the server measures, as figures of the time between two samples. */
final class Figures {
    private static final String WANTED = "SELECT VARIABLE_NAME AS Variable_name, VARIABLE_VALUE AS Value FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME IN"
            + " ('QUESTIONS', 'SLOW_QUERIES', 'THREADS_CONNECTED', 'THREADS_RUNNING', 'INNODB_BUFFER_POOL_READ_REQUESTS', 'INNODB_BUFFER_POOL_READS',"
            + " 'BYTES_SENT', 'BYTES_RECEIVED', 'UPTIME', 'WSREP_CLUSTER_SIZE', 'WSREP_FLOW_CONTROL_PAUSED_NS', 'WSREP_LOCAL_RECV_QUEUE', 'WSREP_LOCAL_CERT_FAILURES')";
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
    private final MariaServer server;
    private Map<String, Double> before = Map.of();
    private long beforeNanos;
    private volatile Map<String, Double> latest = Map.of();

    Figures(MariaServer server) {
        this.server = server;
    }

    /** Figures of the last sample. */
    Map<String, Double> latest() {
        return latest;
    }

    /** Empty if the server does not answer. */
    synchronized Map<String, Double> sample() throws IOException {
        LogFiles.bound(server.place().slowLog(), LogFiles.LIMIT);
        Map<String, Double> now = new LinkedHashMap<>();
        server.sql().query(WANTED).stream().filter(r -> NUMBER.matcher(String.valueOf(r.get("Value"))).matches())
                .forEach(r -> now.put(r.get("Variable_name"), Double.valueOf(r.get("Value"))));
        long nanos = System.nanoTime();
        boolean comparable = !before.isEmpty() && now.get("UPTIME") >= before.get("UPTIME");
        double seconds = Math.max(0.001, (nanos - beforeNanos) / 1e9);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("connections", now.get("THREADS_CONNECTED"));
        figures.put("running_queries", now.get("THREADS_RUNNING"));
        if (comparable) {
            figures.put("queries", (now.get("QUESTIONS") - before.get("QUESTIONS")) / seconds);
            figures.put("slow_queries", (now.get("SLOW_QUERIES") - before.get("SLOW_QUERIES")) / seconds);
            figures.put("throughput", (now.get("BYTES_SENT") - before.get("BYTES_SENT")) / seconds);
            double asked = now.get("INNODB_BUFFER_POOL_READ_REQUESTS") - before.get("INNODB_BUFFER_POOL_READ_REQUESTS");
            double read = now.get("INNODB_BUFFER_POOL_READS") - before.get("INNODB_BUFFER_POOL_READS");
            figures.put("buffer_pool_hits", asked <= 0 ? 100 : Math.clamp(100 * (1 - read / asked), 0, 100));
        }
        if (now.getOrDefault("WSREP_CLUSTER_SIZE", 0.0) > 0) {
            cluster(figures, now, comparable, seconds);
        } else {
            lag(figures);
        }
        before = now;
        beforeNanos = nanos;
        latest = figures;
        return figures;
    }

    private void cluster(Map<String, Double> figures, Map<String, Double> now, boolean comparable, double seconds) {
        figures.put("cluster_size", now.get("WSREP_CLUSTER_SIZE"));
        figures.put("receive_queue", now.get("WSREP_LOCAL_RECV_QUEUE"));
        if (comparable) {
            figures.put("flow_control", Math.clamp(since("WSREP_FLOW_CONTROL_PAUSED_NS", now) / seconds / 1e7, 0, 100));
            figures.put("conflicts", Math.max(0, since("WSREP_LOCAL_CERT_FAILURES", now)) / seconds);
        }
    }

    private double since(String name, Map<String, Double> now) {
        return now.getOrDefault(name, 0.0) - before.getOrDefault(name, 0.0);
    }

    private void lag(Map<String, Double> figures) throws IOException {
        Map<String, String> slave = server.sql().row("SHOW SLAVE STATUS");
        String behind = slave.get("Seconds_Behind_Master");
        if (!slave.isEmpty()) {
            figures.put("replication_running", behind == null ? 0.0 : 1.0);
        }
        if (behind != null) {
            figures.put("replication_lag", Double.valueOf(behind));
        }
    }
}
