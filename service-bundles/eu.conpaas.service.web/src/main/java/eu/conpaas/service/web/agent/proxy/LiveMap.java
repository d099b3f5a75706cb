package eu.conpaas.service.web.agent.proxy;

import eu.conpaas.service.web.doc.ProxyDoc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The map that tells proxies what may change at any moment: the active release, whether files come from the web role, and which old code
 * versions are still served to those who have a session of them.
 */
final class LiveMap {
    /** Key of the active release. */
    static final String ACTIVE = "active";
    /** Key of whether files come from the web role: {@link #YES} or not. */
    static final String FILES = "files";
    static final String YES = "yes";
    /** What keys of old code versions begin with. */
    static final String VERSION = "v:";

    private LiveMap() {
    }

    static Map<String, String> of(ProxyDoc doc) {
        Map<String, String> entries = new TreeMap<>(Map.of(ACTIVE, doc.release(), FILES, doc.backendOnly() ? "no" : YES));
        if (doc.sessions() != null) {
            doc.sessions().kept().forEach((version, release) -> entries.put(VERSION + version, release));
        }
        return entries;
    }

    /** The file HAProxy reads at its start. */
    static String text(ProxyDoc doc) {
        StringBuilder text = new StringBuilder();
        of(doc).forEach((key, value) -> text.append(key).append(' ').append(value).append('\n'));
        return text.toString();
    }

    /** Changes the map of a running HAProxy: what is new before the active release changes, what is gone after it. */
    static void apply(HaproxySocket socket, Path file, ProxyDoc doc) throws IOException {
        Map<String, String> now = read(socket, file);
        Map<String, String> wanted = of(doc);
        for (Map.Entry<String, String> entry : wanted.entrySet()) {
            if (!now.containsKey(entry.getKey())) {
                socket.tell("add map " + file + " " + entry.getKey() + " " + entry.getValue());
            } else if (!entry.getKey().equals(ACTIVE) && !entry.getValue().equals(now.get(entry.getKey()))) {
                socket.tell("set map " + file + " " + entry.getKey() + " " + entry.getValue());
            }
        }
        socket.tell("set map " + file + " " + ACTIVE + " " + doc.release());
        for (String key : now.keySet()) {
            if (!wanted.containsKey(key)) {
                socket.tell("del map " + file + " " + key);
            }
        }
    }

    private static Map<String, String> read(HaproxySocket socket, Path file) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String line : socket.ask("show map " + file).split("\n")) {
            String[] cells = line.strip().split(" ", 3);
            if (cells.length == 3) {
                entries.put(cells[1], cells[2]);
            }
        }
        return entries;
    }
}
