package eu.conpaas.service.runtime;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Assignment;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.StepReport;
import eu.conpaas.service.manager.Cancel;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.reference.ApplicationEnvironment;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a service's manager: one thread listens to the director, another works, on one thing at a time: the operation under way, else keeping
 * the service as it should be. It holds nothing that the director does not have; a new one goes on at the first step not yet reported.
 */
public final class ManagerRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ManagerRuntime.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final long LONGEST_PAUSE_MS = 5000;
    private static final long OPEN_PAUSE_MS = 1000;
    private static final int OPEN_TRIES = 3;
    private final ServiceManager manager;
    private final DirectorLink director;
    private final AgentCalls calls;
    private final Runnable replaced;
    private final Consumer<Assignment> told;
    private final OperationRunner operations;
    private final Reconciler reconciler;
    private final AtomicReference<Assignment> latest = new AtomicReference<>();
    private final Object news = new Object();
    private volatile CancelToken work = new CancelToken();
    private volatile boolean closed;
    private boolean woken;
    private boolean open;
    private int attempts;

    /**
     * @param calls    reaches agents
     * @param replaced run once another manager has taken this one's place; the process should end
     * @param told     told of each assignment as it comes in
     */
    public ManagerRuntime(ServiceManager manager, DirectorLink director, AgentCalls calls, Runnable replaced, Consumer<Assignment> told) {
        this.manager = manager;
        this.director = director;
        this.calls = calls;
        this.replaced = replaced;
        this.told = told;
        this.operations = new OperationRunner(manager, this::report);
        this.reconciler = new Reconciler(manager, director);
        manager.begin(new OwnInitiative(director, this::assignment, this::wake));
    }

    public void start() {
        Thread.ofVirtual().name("manager-listen").start(() -> guarded(this::listen));
        Thread.ofVirtual().name("manager-work").start(() -> guarded(this::work));
    }

    /** The latest assignment, or null before the first. */
    public Assignment assignment() {
        return latest.get();
    }

    /** What the manager's logic sees now. @throws ApiException UNAVAILABLE before the director has been heard */
    public Situation situation() {
        Assignment a = latest.get();
        if (a == null) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "The manager has not heard from the director yet.", "Try again in a moment.");
        }
        return situation(a, new CancelToken());
    }

    /** Has the worker look again at once. */
    private void wake() {
        synchronized (news) {
            woken = true;
            news.notifyAll();
        }
    }

    private interface Loop {
        void run() throws InterruptedException;
    }

    private void guarded(Loop loop) {
        try {
            loop.run();
        } catch (InterruptedException | CancellationException e) {
            LOG.debug("the manager closes", e);
        } catch (ApiException e) {
            if (e.error().code() != ErrorCode.STALE_EPOCH) {
                throw e;
            }
            fenced(e);
        }
    }

    private void fenced(ApiException e) {
        if (!closed) {
            LOG.warn("another manager has taken over: {}", e.getMessage());
            stop();
            replaced.run();
        }
    }

    private void listen() throws InterruptedException {
        long pause = 100;
        while (!closed) {
            try {
                Assignment before = latest.get();
                Assignment next = director.work(before == null ? 0 : before.version());
                if (next != null) {
                    take(before, next);
                }
                pause = 100;
            } catch (ApiException e) {
                if (e.error().code() == ErrorCode.STALE_EPOCH) {
                    throw e;
                }
                LOG.info("no word from the director: {}", e.getMessage());
                Thread.sleep(pause);
                pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
            }
        }
    }

    private void take(Assignment before, Assignment next) {
        synchronized (news) {
            latest.set(next);
            if (before != null && phase(before) != null && !phase(before).equals(phase(next)) || before != null && phase(before) == null && next.operation() != null) {
                work.cancel();
            }
            news.notifyAll();
        }
        told.accept(next);
    }

    /** What makes work under way void when it changes: which operation it is for, and in which direction. */
    private static String phase(Assignment a) {
        Operation op = a.operation();
        return op == null ? null : op.id() + (op.state() == Operation.State.UNDOING || op.cancelling() && !op.hasSwitched() ? " back" : " on");
    }

    private void work() throws InterruptedException {
        long seen = 0;
        while (!closed) {
            Assignment a = await(seen);
            try {
                seen = workOnce();
            } catch (CancellationException e) {
                seen = a.version();
            } catch (RuntimeException e) {
                rethrowStale(e);
                LOG.error("the manager stumbled and goes on", e);
                seen = a.version();
            }
        }
    }

    /** @return version of the assignment worked on */
    private long workOnce() throws InterruptedException {
        Assignment a;
        CancelToken token = new CancelToken();
        synchronized (news) {
            a = latest.get();
            work = token;
        }
        Situation situation = situation(a, token);
        Operation op = a.operation();
        boolean busy = op != null && !op.state().isFinal();
        if (!open && !(busy && op.state() == Operation.State.UNDOING) && !open(situation)) {
            return a.version();
        }
        if (busy) {
            operations.run(a, situation, () -> !closed);
        } else {
            rest(situation);
        }
        return a.version();
    }

    /** Waits for an assignment newer than the one seen, or until woken, or until the interval is over. */
    private Assignment await(long seen) throws InterruptedException {
        long deadline = System.nanoTime() + INTERVAL.toNanos();
        synchronized (news) {
            while (!closed) {
                Assignment a = latest.get();
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (a != null && (a.version() != seen || woken || left <= 0)) {
                    woken = false;
                    return a;
                }
                news.wait(a == null ? 0 : left);
            }
        }
        throw new InterruptedException("closed");
    }

    /** @return whether there is something to go on with */
    private boolean open(Situation situation) throws InterruptedException {
        Operation op = situation.assignment().operation();
        if (op == null && isDown(situation.to().goal())) {
            reconciler.report(situation);
            return false;
        }
        try {
            manager.open(situation);
            Failpoint.MANAGER_OPENED.reached();
            open = true;
            attempts = 0;
        } catch (Exception e) {
            rethrowStale(e);
            LOG.error("what runs beside the manager cannot be brought up", e);
            reconciler.trouble(situation, e);
            if (op != null && ++attempts % OPEN_TRIES == 0) {
                operations.fail(op, situation, e);
            }
            Thread.sleep(OPEN_PAUSE_MS);
        }
        return open;
    }

    private void rest(Situation situation) {
        if (isDown(situation.to().goal())) {
            manager.close();
            open = false;
            reconciler.report(situation);
        } else {
            reconciler.run(situation);
        }
    }

    private static boolean isDown(Goal goal) {
        return goal != Goal.RUNNING;
    }

    private void report(StepReport report) throws InterruptedException {
        long pause = 100;
        while (!closed) {
            try {
                director.report(report);
                return;
            } catch (ApiException e) {
                if (!e.error().code().isRetryable() && e.error().code() != ErrorCode.INTERNAL) {
                    throw e;
                }
                LOG.info("report of step {} has to wait: {}", report.step(), e.getMessage());
                Thread.sleep(pause);
                pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
            }
        }
    }

    static void rethrowStale(Exception e) {
        if (e instanceof ApiException api && api.error().code() == ErrorCode.STALE_EPOCH) {
            throw api;
        }
    }

    private Situation situation(Assignment a, Cancel cancel) {
        DesiredState to = a.target() == null ? a.desired() : a.target();
        return new Situation(a, a.desired(), to, new RemoteAgents(calls, a.epoch(), to.startupScript(), ApplicationEnvironment.of(a, to), cancel), cancel);
    }

    private void stop() {
        synchronized (news) {
            closed = true;
            work.cancel();
            news.notifyAll();
        }
    }

    /** Stops steering; engines beside the manager go on. */
    @Override
    public void close() {
        stop();
    }

    /** The service is at its end: stops what runs beside the manager. */
    public void end() {
        stop();
        manager.close();
    }
}
