package eu.conpaas.service.mysql.internal.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a server from asking for more memory than its node has, with which it would not start. */
final class Memory {
    private static final Logger LOG = LoggerFactory.getLogger(Memory.class);
    private static final Pattern TOTAL = Pattern.compile("MemTotal:\\s+(\\d+) kB");
    /** Part of the node's memory that the buffer pool may have at most. */
    private static final double SHARE = 0.7;

    private Memory() {
    }

    /** The settings with a buffer pool that the node can bear. */
    static Map<String, String> bounded(Map<String, String> settings) throws IOException {
        long asked = Long.parseLong(Setting.BUFFER_POOL.valueIn(settings));
        Matcher total = TOTAL.matcher(Files.readString(Path.of("/proc/meminfo")));
        long most = total.find() ? (long) (Long.parseLong(total.group(1)) * 1024 * SHARE) >> 20 << 20 : Long.MAX_VALUE;
        if (asked <= most) {
            return settings;
        }
        LOG.warn("a buffer pool of {} bytes is more than this node can bear; it gets {}", asked, most);
        Map<String, String> bounded = new TreeMap<>(settings);
        bounded.put(Setting.BUFFER_POOL.id(), Long.toString(most));
        return bounded;
    }
}
