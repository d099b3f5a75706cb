package eu.conpaas.service.web.agent.proxy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A server as HAProxy has it now.
 *
 * @param status  {@code UP}, {@code DOWN}, {@code DRAIN}, {@code MAINT}, with additions
 * @param busy    requests it is answering or that wait for it alone
 */
record LiveServer(String name, String address, String status, int weight, int slots, int busy) {
    boolean isUp() {
        return status.startsWith("UP") || status.startsWith("no check");
    }

    boolean isWanted() {
        return !status.startsWith("MAINT") && !status.startsWith("DRAIN");
    }

    boolean isMaintained() {
        return status.startsWith("MAINT");
    }

    /** The servers of one of HAProxy's backends. */
    static Map<String, LiveServer> of(HaproxySocket socket, String backend) throws IOException {
        Map<String, LiveServer> servers = new LinkedHashMap<>();
        for (Map<String, String> row : socket.stat()) {
            if (row.get("pxname").equals(backend) && row.get("type").equals("2")) {
                servers.put(row.get("svname"), new LiveServer(row.get("svname"), row.get("addr"), row.get("status"), number(row, "weight"),
                        number(row, "slim"), number(row, "scur") + number(row, "qcur")));
            }
        }
        return servers;
    }

    static int number(Map<String, String> row, String column) {
        String cell = row.getOrDefault(column, "");
        return cell.isEmpty() ? 0 : (int) Long.parseLong(cell);
    }
}
