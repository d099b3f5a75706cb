package eu.conpaas.service.mysql.internal.engine;

import eu.conpaas.api.ApiException;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import eu.conpaas.service.manager.ConfigurationHash;
import eu.conpaas.service.supervise.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database server of a node. */
public final class MariaServer {
    /** Id of the daemon. */
    public static final String DAEMON = "mariadb";
    private static final Logger LOG = LoggerFactory.getLogger(MariaServer.class);
    private static final String SHAPE = "CONPAAS_SHAPE";
    /** Recovery after a crash reads the log of InnoDB, which is bounded. */
    private static final Duration READY = Duration.ofMinutes(3);
    private static final Duration GRACE = Duration.ofMinutes(2);
    private static final int SIGTERM = 15;
    private final ServerPlace place;

    public MariaServer(ServerPlace place) {
        this.place = place;
    }

    public ServerPlace place() {
        return place;
    }

    /** To speak with it. */
    public Sql sql() throws IOException {
        return new Sql(place.socket());
    }

    /** Whether it runs and answers. */
    public boolean answers() throws IOException {
        return sql().answers();
    }

    /**
     * Makes an empty data folder a database (but of a cluster's member, which gets its data otherwise), writes the option file, and tells a server that runs
     * already its new settings.
     *
     * @return the daemon; it differs from the one before exactly if the server must be restarted
     */
    public List<DaemonSpec> apply(ServerConfig wanted) throws IOException {
        ServerConfig config = new ServerConfig(wanted.serverId(), Memory.bounded(wanted.settings()), wanted.options(), wanted.cluster());
        if (config.cluster() == null) {
            new DataFolder(place).initialise();
        }
        OptionFile file = new OptionFile(place);
        String shape = ConfigurationHash.of(Map.of("options", file.fixed(config))).substring(0, 16);
        if (AtomicFiles.write(place.options(), file.text(config).getBytes(StandardCharsets.UTF_8), place.user())) {
            settle(config);
        }
        return config.cluster() == null ? List.of(daemon(List.of(ServerPlace.program("mariadbd"), "--defaults-file=" + place.options()), Map.of(SHAPE, shape)))
                : member(config.cluster(), shape);
    }

    private DaemonSpec daemon(List<String> command, Map<String, String> environment) throws IOException {
        return new DaemonSpec(DAEMON, command, environment, place.data(), Map.of(), List.of(), new Readiness.Unix(place.socket(), READY), 0, SIGTERM, GRACE, false);
    }

    /** A member of a cluster does not run before it has been told the cluster's name and has data. */
    private List<DaemonSpec> member(Cluster cluster, String shape) throws IOException {
        if (cluster.name().isEmpty() || !new DataFolder(place).isThere()) {
            return List.of();
        }
        ClusterFiles files = new ClusterFiles(place);
        place.user().folder(place.binlogs());
        return List.of(daemon(files.command(), Map.of(SHAPE, shape, "PATH", files.path())));
    }

    /** Gives a running server the settings of its option file. One that does not run reads them when it starts. */
    private void settle(ServerConfig config) throws IOException {
        Sql sql = sql().within(Duration.ofSeconds(20));
        if (!sql.answers()) {
            return;
        }
        try {
            sql.run(Arrays.stream(Setting.values()).map(s -> "SET GLOBAL " + s.variable() + " = " + value(s.valueIn(config.settings()))).toList());
        } catch (ApiException e) {
            LOG.warn("settings wait for the server's next start: {}", e.getMessage());
        }
    }

    private static String value(String text) {
        return text.matches("\\d+(\\.\\d+)?") ? text : Sql.literal(text);
    }

    /** Has a running server read its certificate again. */
    public void reloadTls() throws IOException {
        sql().run("FLUSH SSL");
    }
}
