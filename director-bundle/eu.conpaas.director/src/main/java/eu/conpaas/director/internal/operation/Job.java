package eu.conpaas.director.internal.operation;

import eu.conpaas.api.PlanStep;
import eu.conpaas.director.internal.store.Session;
import java.io.IOException;

/**
 * An operation on a whole application. All its steps are the director's; what each does is told here. Whatever is called may be called again after a crash,
 * so it looks first what is there already, and notes in {@link JobNotes} what it is about to make before it makes it. Steps before the one that is the switch
 * are taken back when the operation fails or is cancelled.
 */
public interface Job {
    /** Kind of its operations, as in {@link eu.conpaas.api.Plan#kind()}. */
    String kind();

    /** Whether steps of this kind that stand side by side run together. */
    default boolean together(String stepKind) {
        return false;
    }

    /**
     * Carries out a step.
     *
     * @param watch ends waits when the operation is cancelled
     * @return one line for people about what came out, or null
     * @throws eu.conpaas.api.ApiException why it cannot be done; the operation turns back
     */
    String carryOut(OperationRow op, PlanStep step, JobWatch watch) throws InterruptedException, IOException;

    /** Takes a step back that was begun; of one that did nothing it takes back nothing. */
    void undo(OperationRow op, PlanStep step) throws InterruptedException, IOException;

    /** In the transaction that ends the operation, whichever way. */
    void ended(Session s, OperationRow op, boolean arrived);
}
