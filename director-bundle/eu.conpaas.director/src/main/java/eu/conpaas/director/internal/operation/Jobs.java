package eu.conpaas.director.internal.operation;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Plan;
import eu.conpaas.api.ServiceState;
import eu.conpaas.director.internal.Failpoint;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.director.internal.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Accepts operations on whole applications. An application has at most one at a time. */
public final class Jobs {
    private final Core core;
    private final Engine engine;

    public Jobs(Core core, Engine engine) {
        this.core = core;
        this.engine = engine;
    }

    /** Tells who carries out operations of the job's kind; before {@link Engine#resume}. */
    public void register(Job job) {
        engine.register(job);
    }

    /** What is stored together with a new operation. */
    @FunctionalInterface
    public interface Notes {
        void write(Session s, String operation, long aid);
    }

    /**
     * Stores an operation and begins it.
     *
     * @param application gives the application, which it may make in the same transaction
     * @throws ApiException WRONG_STATE if another one is under way
     */
    public Operation accept(Plan plan, long uid, String by, ToLongFunction<Session> application, Notes notes) {
        Failpoint.BEFORE_ACCEPT.hit();
        OperationRow op = core.database().write(s -> {
            long aid = application.applyAsLong(s);
            OperationRow row = new OperationRow(Acceptor.newId(), 0, aid, uid, plan.kind(), Operation.State.RUNNING, plan, Map.of(), Map.of(), null, ServiceState.INIT,
                    null, by, core.clock().instant(), null, false);
            insert(s, row);
            notes.write(s, row.id(), aid);
            new Progress(core).tell(s, row, Map.of("operation", row.id(), "kind", row.kind(), "state", row.state().name(), "summary", plan.summary()));
            return row;
        });
        Failpoint.AFTER_ACCEPT.hit();
        engine.start(op.id());
        return op.view();
    }

    private static void insert(Session s, OperationRow row) {
        try {
            Operations.insert(s, row);
        } catch (StoreException e) {
            if (e.isConstraint()) {
                List<OperationRow> open = openOf(s, row.aid());
                throw new ApiException(ErrorCode.WRONG_STATE, "Operation " + (open.isEmpty() ? "" : open.getFirst().id()) + " is under way in application "
                        + row.aid() + ".", "Wait until it has finished, or cancel it.", e);
            }
            throw e;
        }
    }

    /** Unfinished operations on the whole application. */
    public static List<OperationRow> openOf(Session s, long aid) {
        return Operations.open(s).stream().filter(o -> o.sid() == 0 && o.aid() == aid).toList();
    }
}
