package eu.conpaas.service.mysql.internal.engine;

import eu.conpaas.service.mysql.internal.Names;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A server's part in a Galera cluster.
 *
 * @param name  who does not know it cannot join
 * @param peers addresses of all servers that may be in it
 */
public record Cluster(String name, List<String> peers) {
    private static final String PROVIDER = "/usr/lib/galera/libgalera_smm.so";
    /** Commits kept for servers that come back. */
    private static final String KEPT = "256M";

    /** Lines of the option file whose change needs a restart. */
    Map<String, String> fixed(ServerPlace place) throws IOException {
        String own = place.address();
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("wsrep-on", "ON");
        lines.put("wsrep-provider", PROVIDER);
        lines.put("wsrep-cluster-name", name);
        lines.put("wsrep-node-name", place.context().node().node());
        lines.put("wsrep-node-address", own);
        lines.put("wsrep-sst-method", "conpaas");
        lines.put("wsrep-provider-options", provider(own, new ServerTls(place)));
        lines.put("wsrep-slave-threads", "4");
        // One transaction has one number on all servers, so that the log of any of them goes on with that of another.
        lines.put("wsrep-gtid-mode", "ON");
        lines.put("wsrep-gtid-domain-id", "0");
        lines.put("innodb-autoinc-lock-mode", "2");
        lines.put("read-only", "0");
        // What is in a server's log has been agreed on: none of it is taken back.
        lines.put("init-rpl-role", "MASTER");
        lines.put("rpl-semi-sync-slave-enabled", "0");
        return lines;
    }

    private static String provider(String own, ServerTls tls) throws IOException {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("gmcast.listen_addr", "tcp://" + own + ":" + Names.GROUP_PORT);
        options.put("ist.recv_addr", own + ":" + Names.MISSED_PORT);
        options.put("gcache.size", KEPT);
        options.put("evs.suspect_timeout", "PT3S");
        options.put("evs.inactive_timeout", "PT9S");
        options.putAll(tls.between());
        StringBuilder text = new StringBuilder();
        options.forEach((option, value) -> text.append(option).append('=').append(value).append(';'));
        return text.toString();
    }

    /** Where it looks for the others; a running server does not need to be told. */
    String seeds() {
        return "gcomm://" + String.join(",", peers);
    }
}
