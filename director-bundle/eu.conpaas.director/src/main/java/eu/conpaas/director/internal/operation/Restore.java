package eu.conpaas.director.internal.operation;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.Operation;
import eu.conpaas.director.internal.content.CodeVersions;
import java.util.Optional;

/** Leads services back to how they were. */
public final class Restore {
    private static final long LOOK_MILLIS = 1000;
    private final Core core;
    private final Changes changes;

    public Restore(Core core, Changes changes) {
        this.core = core;
        this.changes = changes;
    }

    /**
     * Leads a service back: whether it runs, its size, code, settings, variables, start-up script. Waits for what is under way first, and until it is there.
     *
     * @param before how it was; the content of its start-up script must still be there
     * @return the operation as it ended, or empty if there was nothing to do
     */
    public Optional<Operation> to(long sid, DesiredState before, String by) throws InterruptedException {
        awaitNone(sid);
        core.database().write(s -> {
            CodeVersions.keepStartupScript(s, sid, before.startupScript());
            return null;
        });
        Optional<Operation> operation = changes.lead(sid, "restore", now -> back(now, before), by);
        awaitNone(sid);
        return operation.map(o -> core.database().read(s -> Operations.get(s, o.id())).view());
    }

    private void awaitNone(long sid) throws InterruptedException {
        long seen = core.bells().count(sid);
        while (core.database().read(s -> Operations.openOf(s, sid)).isPresent()) {
            seen = core.bells().await(sid, seen, LOOK_MILLIS);
        }
    }

    /** A service that has run cannot be one that never has; it is stopped instead. */
    private static DesiredState back(DesiredState now, DesiredState before) {
        Goal goal = before.goal() == Goal.CREATED && now.goal() != Goal.CREATED ? Goal.STOPPED : before.goal();
        return new DesiredState(now.version(), goal, before.counts(), now.placement(), before.codeVersion(), before.previousCode(), before.settings(),
                before.environment(), before.startupScript(), now.data());
    }
}
