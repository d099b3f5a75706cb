package eu.conpaas.director.internal.api;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import eu.conpaas.api.Operation;
import eu.conpaas.director.internal.event.Bells;
import eu.conpaas.director.internal.operation.Operations;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Database;

/** Lets the calls of 1.3.1 that answer when the work is done wait for it. */
public final class Waiting {
    private static final long LOOK_MILLIS = 2000;
    private final Database database;
    private final Bells bells;

    public Waiting(Database database, Bells bells) {
        this.database = database;
        this.bells = bells;
    }

    /** @return the operation as it is when it has ended or the patience is over */
    public Operation untilEnded(Operation operation, Duration patience) throws InterruptedException {
        await(operation.sid(), patience, () -> current(operation.id()).state().isFinal());
        return current(operation.id());
    }

    private Operation current(String id) {
        return database.read(s -> Operations.get(s, id)).view();
    }

    /** @return whether the service is gone */
    public boolean untilGone(long sid, Duration patience) throws InterruptedException {
        return await(sid, patience, () -> database.read(s -> Services.find(s, sid)).isEmpty());
    }

    private boolean await(long sid, Duration patience, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            long seen = bells.count(sid);
            if (done.getAsBoolean()) {
                return true;
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            bells.await(sid, seen, Math.min(left, LOOK_MILLIS));
        }
    }
}
