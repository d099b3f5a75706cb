package eu.conpaas.service.mysql.internal.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Renders the server's option file: small in memory, durable at each commit, ready to replicate, writable by nobody until told so. */
final class OptionFile {
    private final ServerPlace place;
    private final Map<String, String> lines = new LinkedHashMap<>();

    OptionFile(ServerPlace place) {
        this.place = place;
    }

    /** The part whose change needs a restart. */
    String fixed(ServerConfig config) throws IOException {
        lines.clear();
        files();
        network();
        memory();
        durability();
        replication(config);
        new ServerTls(place).options().forEach(this::set);
        set("character-set-server", "utf8mb4");
        set("collation-server", "utf8mb4_general_ci");
        set("slow-query-log", "1");
        set("slow-query-log-file", place.slowLog());
        if (config.cluster() != null) {
            config.cluster().fixed(place).forEach(this::set);
        }
        config.options().forEach((name, value) -> set(name.replace('_', '-'), value));
        return text();
    }

    /** The whole file. */
    String text(ServerConfig config) throws IOException {
        fixed(config);
        for (Setting setting : Setting.values()) {
            set(setting.variable().replace('_', '-'), setting.valueIn(config.settings()));
        }
        if (config.cluster() != null) {
            set("wsrep-cluster-address", config.cluster().seeds());
        }
        return text() + (Files.exists(place.recovery()) ? "!include " + place.recovery() + "\n" : "");
    }

    private void files() throws IOException {
        set("datadir", place.data());
        set("socket", place.socket());
        set("pid-file", place.folder("run").resolve("mariadb.pid"));
        set("tmpdir", place.folder("tmp"));
        set("secure-file-priv", place.folder("files"));
    }

    private void network() {
        set("bind-address", place.address());
        set("port", ServerPlace.PORT);
        set("report-host", place.address());
        set("skip-name-resolve", "1");
        set("max-allowed-packet", "256M");
        // A probe that connects and leaves is no event worth a line.
        set("log-warnings", "1");
        set("max-connect-errors", "4294967295");
    }

    private void memory() {
        set("performance-schema", "0");
        set("key-buffer-size", "1M");
        set("aria-pagecache-buffer-size", "8M");
        set("innodb-log-buffer-size", "4M");
        set("innodb-log-file-size", "48M");
        set("table-open-cache", "400");
        set("table-definition-cache", "400");
        set("query-cache-type", "0");
        set("query-cache-size", "0");
        set("thread-cache-size", "8");
    }

    private void durability() {
        set("innodb-flush-log-at-trx-commit", "1");
        set("sync-binlog", "1");
        set("innodb-doublewrite", "1");
    }

    private void replication(ServerConfig config) {
        set("server-id", config.serverId());
        // Relative to the data, which another node may take over under another name.
        Path logs = place.data().relativize(place.binlogs());
        set("ignore-db-dirs", logs);
        set("log-bin", logs.resolve("binlog"));
        set("relay-log", logs.resolve("relay"));
        // What a replica has acknowledged is in its relay log until it is applied: the log is read on, not thrown away.
        set("relay-log-recovery", "0");
        set("log-slave-updates", "1");
        set("binlog-format", "ROW");
        set("binlog-checksum", "CRC32");
        set("max-binlog-size", "64M");
        set("expire-logs-days", "3");
        set("gtid-domain-id", "0");
        set("gtid-strict-mode", "1");
        set("slave-net-timeout", "10");
        // A server that comes back after a crash takes back what no replica has acknowledged.
        set("init-rpl-role", "SLAVE");
        set("rpl-semi-sync-master-enabled", "0");
        set("rpl-semi-sync-master-wait-point", "AFTER_SYNC");
        // Going on without an acknowledgement is the manager's decision, not a matter of time.
        set("rpl-semi-sync-master-timeout", Long.MAX_VALUE);
        set("rpl-semi-sync-slave-enabled", "1");
        set("log-bin-trust-function-creators", "1");
        set("skip-slave-start", "1");
        // Only who knows that this is the one server to write to may open it, after it has started.
        set("read-only", "1");
    }

    private void set(String name, Object value) {
        lines.put(name, value.toString());
    }

    private String text() {
        StringBuilder text = new StringBuilder("[mysqld]\n");
        lines.forEach((name, value) -> text.append(name).append(" = ").append(quoted(value)).append('\n'));
        return text.toString();
    }

    private static String quoted(String value) {
        if (value.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("an option's value has control characters");
        }
        return value.matches("[A-Za-z0-9_./,:-]*") ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
