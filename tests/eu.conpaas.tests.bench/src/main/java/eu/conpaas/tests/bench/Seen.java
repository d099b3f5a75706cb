package eu.conpaas.tests.bench;

import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeView;
import eu.conpaas.tests.load.Answer;
import eu.conpaas.tests.load.RequestFailed;
import eu.conpaas.tests.load.Wire;
import eu.conpaas.tests.system.Node;
import eu.conpaas.tests.system.Platform;
import eu.conpaas.tests.system.Site;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks at a site from outside until backends answer. */
final class Seen {
    private static final Pattern ADDRESS = Pattern.compile("\"address\":\"([^\"]+)\"");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private Seen() {
    }

    /** Addresses of a service's nodes on which an engine runs. */
    static Set<String> backends(Platform platform, long sid, String engine) {
        return platform.nodes(sid).stream().filter(n -> n.kind() == NodeKind.AGENT)
                .filter(n -> !Node.of(platform.folder(), n.vmid()).engines(engine).isEmpty()).map(NodeView::address).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Asks again and again, every 10 ms as the yardstick does, until each of the backends has answered with the version. @param page tells both */
    static void until(Site site, String page, Set<String> backends, String version) throws RequestFailed {
        Set<String> missing = new TreeSet<>(backends);
        InetSocketAddress address = site.address();
        long end = System.nanoTime() + TIMEOUT.toNanos() * 2;
        while (!missing.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("version " + version + " is not served by " + missing);
            }
            try (Wire wire = Wire.open(address, address.getAddress().getHostAddress(), TIMEOUT)) {
                Answer answer = wire.exchange("GET", page, Map.of(), new byte[0], false, TIMEOUT);
                String text = new String(answer.body(), StandardCharsets.UTF_8);
                Matcher from = ADDRESS.matcher(text);
                if (from.find() && text.contains("\"version\":\"" + version + "\"")) {
                    missing.remove(from.group(1));
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
