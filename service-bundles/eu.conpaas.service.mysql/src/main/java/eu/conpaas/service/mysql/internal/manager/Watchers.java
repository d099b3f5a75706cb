package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Situation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices at once when a server's process dies: one call waits at each agent. */
final class Watchers {
    private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);
    private static final int SECONDS = 15;
    private static final long PAUSE_MS = 500;
    private final Map<String, Thread> watching = new ConcurrentHashMap<>();
    private final Runnable alarm;
    private volatile Situation latest;

    /** @param alarm run when a server's process has gone or another has come */
    Watchers(Runnable alarm) {
        this.alarm = alarm;
    }

    /** Watches these nodes, and no others. */
    synchronized void over(List<NodeView> nodes, Situation situation) {
        latest = situation;
        List<String> ids = nodes.stream().map(NodeView::id).toList();
        watching.entrySet().removeIf(w -> {
            boolean leaves = !ids.contains(w.getKey());
            if (leaves) {
                w.getValue().interrupt();
            }
            return leaves;
        });
        nodes.forEach(node -> watching.computeIfAbsent(node.id(), id -> Thread.ofVirtual().name("watch " + id).start(() -> watch(node))));
    }

    private void watch(NodeView node) {
        String seen = "";
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    String now = latest.agents().call(node, "watch", Map.of("seen", seen, "seconds", SECONDS), Duration.ofSeconds(SECONDS + 10)).get("mark").toString();
                    if (!now.equals(seen) && !seen.isEmpty()) {
                        LOG.info("the server of {} was process {} and is {}", node.id(), seen, now);
                        alarm.run();
                    }
                    seen = now;
                } catch (ApiException | CancellationException e) {
                    LOG.debug("{} cannot be watched now: {}", node.id(), e.getMessage());
                    Thread.sleep(PAUSE_MS);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer watching {}", node.id());
        }
    }

    synchronized void close() {
        watching.values().forEach(Thread::interrupt);
        watching.clear();
    }
}
