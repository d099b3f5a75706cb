package eu.conpaas.console.model.sync;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.Event;
import eu.conpaas.client.Director;
import eu.conpaas.console.model.Link;
import eu.conpaas.console.model.Site;
import eu.conpaas.rpc.Cancellation;

/**
 * Keeps the model of a site in step with its director: reads everything once the stream of events stands, then only what events name. Nothing
 * is asked at intervals. The model is changed in the realm given by the caller alone; reading and waiting are done by threads of this class.
 * <pre>
 * try (SiteKeeper keeper = new SiteKeeper(site, connection.director(), display::asyncExec)) { keeper.open(); … }
 * </pre>
 */
public final class SiteKeeper implements AutoCloseable {
    /** Pause after a reading that failed; the stream tells sooner if the director is back. */
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** Events of one moment are read together. */
    private static final Duration GATHER = Duration.ofMillis(40);

    private final Site site;
    private final Director director;
    private final Executor realm;
    private final Merge merge;
    private final Stale stale = new Stale();
    private final Map<Long, Integer> watched = new ConcurrentHashMap<>();
    private final Cancellation cancellation = new Cancellation();

    /** @param realm runs what changes the model, in order, on the thread (or under the lock) that the model's readers use */
    public SiteKeeper(Site site, Director director, Executor realm) {
        this.site = site;
        this.director = director;
        this.realm = realm;
        this.merge = new Merge(site);
    }

    /** Begins; returns at once. */
    public void open() {
        link(Link.CONNECTING, null);
        Thread.ofVirtual().name("events of " + director.connection().url()).start(this::follow);
        Thread.ofVirtual().name("reader of " + director.connection().url()).start(this::read);
    }

    /** For calls of the caller's own, on threads of its own. */
    public Director director() {
        return director;
    }

    public Site site() {
        return site;
    }

    /** Has a service kept in full, code versions included, until {@link #unwatch} is called as often. */
    public void watch(long sid) {
        watched.merge(sid, 1, Integer::sum);
        stale.service(sid, true);
    }

    public void unwatch(long sid) {
        watched.computeIfPresent(sid, (k, n) -> n == 1 ? null : n - 1);
    }

    /** Has everything read anew. */
    public void reload() {
        stale.all();
    }

    private void follow() {
        try {
            director.events(0, 0, null, new Listener(), cancellation);
        } catch (CancellationException e) {
            link(Link.CLOSED, null);
        } catch (ApiException e) {
            link(Link.REFUSED, e.error());
        }
    }

    private void read() {
        try {
            while (stale.await()) {
                cancellation.await(GATHER);
                readOne(stale.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CancellationException e) {
            // closed
        }
    }

    private void readOne(Stale.Part part) {
        try {
            Reading reading = Reading.of(director, part, Set.copyOf(watched.keySet()));
            change(() -> {
                merge.apply(reading);
                if (part.all) {
                    site.setLoaded(true);
                }
            });
        } catch (ApiException e) {
            if (!e.error().code().isRetryable()) {
                link(Link.REFUSED, e.error());
                return;
            }
            stale.again(part);
            cancellation.await(PAUSE);
        }
    }

    private void link(Link link, ApiError problem) {
        change(() -> {
            site.setLink(link);
            site.setProblem(problem);
        });
    }

    /** Nothing reaches the model any more once this is closed, not even what is waiting in the realm. */
    private void change(Runnable change) {
        realm.execute(() -> {
            if (!cancellation.isCancelled()) {
                change.run();
            }
        });
    }

    /** Ends it; the director's client is closed too. The model stays as it is. */
    @Override
    public void close() {
        realm.execute(() -> site.setLink(Link.CLOSED));
        cancellation.cancel();
        stale.close();
        director.close();
    }

    private final class Listener implements Director.EventListener {
        /** Whether there is an event after which the stream can go on; until then it begins with what comes next. */
        private boolean heard;

        @Override
        public void changed(Event event) {
            heard = true;
            stale.event(event);
        }

        @Override
        public void reload() {
            stale.all();
        }

        @Override
        public void connected(boolean connected) {
            link(Link.OPEN, null);
            if (!heard) {
                stale.all();
            }
        }

        @Override
        public void disconnected(ApiError why) {
            link(Link.BROKEN, why);
        }
    }
}
