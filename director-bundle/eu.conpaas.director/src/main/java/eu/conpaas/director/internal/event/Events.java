package eu.conpaas.director.internal.event;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import eu.conpaas.api.Event;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Docs;
import eu.conpaas.director.internal.store.Row;
import eu.conpaas.director.internal.store.Session;

import java.sql.SQLException;

/** What has changed: stored in the transaction of the change itself, told to subscribers once that is on disk. */
public final class Events {
    private static final int RING = 500;
    private static final int KEPT = 10_000;
    private static final int QUEUE = 1000;

    private final Clock clock;
    private final Database database;
    private final Deque<Event> ring = new ArrayDeque<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    public Events(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Notes an event in the transaction that makes it true. */
    public void add(Session s, String kind, long uid, long aid, long sid, Map<String, Object> data) {
        Instant now = clock.instant();
        long id = s.insert("INSERT INTO event (time, kind, uid, aid, sid, data) VALUES (?, ?, ?, ?, ?, ?)", now, kind, uid, aid, sid, Docs.write(data));
        if (id % 1000 == 0) {
            s.run("DELETE FROM event WHERE id <= ?", id - KEPT);
        }
        Event event = new Event(id, now, kind, uid, aid, sid, data);
        s.afterCommit(() -> publish(event));
    }

    private void publish(Event event) {
        synchronized (ring) {
            ring.addLast(event);
            if (ring.size() > RING) {
                ring.removeFirst();
            }
            subscriptions.forEach(q -> q.offer(event));
        }
    }

    /**
     * Follows the events a predicate lets through.
     *
     * @param after id of the last event the follower knows, or −1 to begin with the next one
     */
    public Subscription subscribe(long after, Predicate<Event> wanted) {
        synchronized (ring) {
            boolean inRing = after < 0 || !ring.isEmpty() && ring.getFirst().id() <= after + 1 && after <= ring.getLast().id();
            Subscription subscription = new Subscription(wanted);
            if (after >= 0 && !inRing) {
                subscription.reload = !fromStore(subscription, after);
            } else if (after >= 0) {
                ring.stream().filter(e -> e.id() > after).forEach(subscription::offer);
            }
            subscriptions.add(subscription);
            return subscription;
        }
    }

    /** @return false if events after that id have been dropped already */
    private boolean fromStore(Subscription subscription, long after) {
        return database.read(s -> {
            long oldest = s.number("SELECT coalesce(min(id), 0) FROM event");
            long newest = s.number("SELECT coalesce(max(id), 0) FROM event");
            if (after > newest || oldest > after + 1 || newest - after >= QUEUE) {
                return false;
            }
            s.list("SELECT * FROM event WHERE id > ? ORDER BY id", Events::of, after).forEach(subscription::offer);
            return true;
        });
    }

    public List<Event> latest(Session s, long uid, int limit) {
        return s.list("SELECT * FROM event WHERE uid = ? ORDER BY id DESC LIMIT ?", Events::of, uid, limit);
    }

    @SuppressWarnings("unchecked")
    private static Event of(Row r) throws SQLException {
        return new Event(r.number("id"), r.time("time"), r.text("kind"), r.number("uid"), r.number("aid"), r.number("sid"),
                r.json("data", Map.class));
    }

    /** One follower's queue. A follower too slow for it is told to reload. */
    public final class Subscription implements AutoCloseable {
        private final Predicate<Event> wanted;
        private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>(QUEUE);
        private volatile boolean reload;

        private Subscription(Predicate<Event> wanted) {
            this.wanted = wanted;
        }

        private void offer(Event event) {
            if (wanted.test(event) && !queue.offer(event)) {
                reload = true;
            }
        }

        /** Whether events were missed, so that the follower has to read everything anew; asking clears it. */
        public boolean takeReload() {
            boolean was = reload;
            if (was) {
                queue.clear();
                reload = false;
            }
            return was;
        }

        /** The next event, or null after the wait. */
        public Event next(long millis) throws InterruptedException {
            return queue.poll(millis, TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }
}
