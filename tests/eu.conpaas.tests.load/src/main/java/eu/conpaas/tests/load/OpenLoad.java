package eu.conpaas.tests.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at fixed rates whether or not earlier ones have been answered, so that a stall shows as late answers instead of as
 * fewer requests. Bounded in time, in number and in requests under way.
 *
 * <pre>
 * try (OpenLoad load = OpenLoad.start(Fence.check("10.1.2.3", 80), "example", shapes, Duration.ofMinutes(10))) {
 *     load.recorder().phase("scale up");
 *     …
 * }   // waits for the answers under way
 * </pre>
 */
public final class OpenLoad implements AutoCloseable {
    private static final int UNDER_WAY = 2000;
    private static final long REQUESTS = 2_000_000;
    /** A connection this long unused is closed by the client, well before any server would. */
    private static final Duration IDLE = Duration.ofSeconds(3);

    private final InetSocketAddress target;
    private final String host;
    private final Recorder recorder = new Recorder();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Thread> clocks = new ArrayList<>();
    private final ConcurrentLinkedDeque<Wire> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong budget = new AtomicLong(REQUESTS);
    private final long end;
    private volatile boolean stopped;

    private OpenLoad(InetSocketAddress target, String host, Duration limit) {
        this.target = target;
        this.host = host;
        this.end = System.nanoTime() + limit.toNanos();
    }

    /**
     * Starts sending.
     *
     * @param target from {@link Fence#check}
     * @param limit  after which it stops by itself
     */
    public static OpenLoad start(InetSocketAddress target, String host, List<Shape> shapes, Duration limit) {
        Fence.check(target.getAddress().getHostAddress(), target.getPort());
        OpenLoad load = new OpenLoad(target, host, limit);
        for (Shape shape : shapes) {
            load.clocks.add(Thread.ofPlatform().daemon().name("load-" + shape.name()).start(() -> load.tick(shape)));
        }
        return load;
    }

    public Recorder recorder() {
        return recorder;
    }

    /** Sends nothing more; what is under way goes on. */
    public void stop() {
        stopped = true;
        clocks.forEach(LockSupport::unpark);
    }

    /** Stops and waits for every answer (or its timeout). */
    @Override
    public void close() {
        stop();
        requests.close();
        for (Wire wire = idle.poll(); wire != null; wire = idle.poll()) {
            wire.close();
        }
    }

    private void tick(Shape shape) {
        long interval = (long) (1e9 / shape.rate());
        long due = System.nanoTime();
        while (!stopped && due < end && budget.getAndDecrement() > 0) {
            for (long wait = due - System.nanoTime(); wait > 0 && !stopped; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            if (stopped) {
                return;
            }
            long dueAt = due;
            Figures figures = recorder.now(shape.name());
            if (underWay.incrementAndGet() > UNDER_WAY) {
                underWay.decrementAndGet();
                figures.record(Outcome.OVERRUN, Duration.ZERO, UNDER_WAY + " requests are under way");
            } else {
                requests.execute(() -> request(shape, figures, dueAt));
            }
            due += interval;
        }
    }

    private void request(Shape shape, Figures figures, long due) {
        Wire wire = null;
        try {
            wire = shape.keepAlive() ? pooled(figures) : null;
            if (wire == null) {
                wire = Wire.open(target, host, shape.timeout());
            }
            Answer answer = wire.exchange(shape.method(), shape.path(), shape.headers(), shape.body(), shape.keepAlive(), shape.timeout());
            String complaint = answer.isSuccess() ? shape.check().complaint(answer.body()) : null;
            Outcome outcome = !answer.isSuccess() ? Outcome.STATUS : complaint == null ? Outcome.OK : Outcome.WRONG;
            figures.record(outcome, since(due), shape.path() + " " + answer.status() + " " + (complaint == null ? "" : complaint));
            if (shape.keepAlive() && answer.reusable() && !stopped) {
                idle.addLast(wire);
                wire = null;
            }
        } catch (RequestFailed e) {
            figures.record(e.outcome(), since(due), shape.path() + " " + e.getMessage());
        } finally {
            if (wire != null) {
                wire.close();
            }
            underWay.decrementAndGet();
        }
    }

    /** The longest idle connection that is still open, so that all of them stay in use; null if there is none. */
    private Wire pooled(Figures figures) {
        for (Wire wire = idle.pollFirst(); wire != null; wire = idle.pollFirst()) {
            if (wire.idle().compareTo(IDLE) < 0) {
                if (wire.isOpen()) {
                    return wire;
                }
                figures.renewed();
            }
            wire.close();
        }
        return null;
    }

    private static Duration since(long due) {
        return Duration.ofNanos(System.nanoTime() - due);
    }
}
