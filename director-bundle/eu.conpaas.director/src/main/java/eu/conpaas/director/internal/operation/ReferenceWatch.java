package eu.conpaas.director.internal.operation;

import eu.conpaas.api.Event;
import eu.conpaas.api.Published;
import eu.conpaas.director.internal.event.Events;
import eu.conpaas.director.internal.service.Services;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the managers of an application told at once when what its services publish has changed. It follows the events, of which every change leaves one, and
 * compares.
 */
public final class ReferenceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReferenceWatch.class);
    private static final long LOOK_MILLIS = 60_000;
    private final Core core;
    private final Events.Subscription events;
    private final Map<Long, List<Published>> last = new HashMap<>();
    private final Thread thread;

    public ReferenceWatch(Core core) {
        this.core = core;
        this.events = core.events().subscribe(-1, e -> e.aid() != 0 && !e.kind().equals("operation.progress"));
        this.thread = Thread.ofVirtual().name("references").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Event event = events.next(LOOK_MILLIS);
                try {
                    if (events.takeReload()) {
                        core.database().read(Services::all).stream().map(s -> s.aid()).distinct().forEach(this::compare);
                    } else if (event != null) {
                        compare(event.aid());
                    }
                } catch (RuntimeException e) {
                    LOG.error("what application {} publishes cannot be worked out", event == null ? 0 : event.aid(), e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void compare(long aid) {
        List<Published> now = core.database().read(s -> Publishing.of(s, core.types(), aid));
        List<Published> before = now.isEmpty() ? last.remove(aid) : last.put(aid, now);
        if (!now.equals(before)) {
            Set<Long> told = new HashSet<>();
            now.forEach(p -> told.add(p.sid()));
            told.forEach(core.bells()::ring);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        events.close();
    }
}
