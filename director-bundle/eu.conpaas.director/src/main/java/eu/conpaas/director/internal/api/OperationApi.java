package eu.conpaas.director.internal.api;

import java.time.Duration;
import java.util.List;

import eu.conpaas.api.Event;
import eu.conpaas.api.Operation;
import eu.conpaas.director.internal.event.Audit;
import eu.conpaas.director.internal.event.Events;
import eu.conpaas.director.internal.operation.Changes;
import eu.conpaas.director.internal.operation.OperationRow;
import eu.conpaas.director.internal.operation.Operations;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.EventStream;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.Request;
import eu.conpaas.rpc.Verb;

/** What is under way, and the stream of all that changes. */
public final class OperationApi {
    private static final int MOST = 200;
    private final Database database;
    private final Changes changes;
    private final Events events;
    private final Audit audit;

    public OperationApi(Database database, Changes changes, Events events, Audit audit) {
        this.database = database;
        this.changes = changes;
        this.events = events;
        this.audit = audit;
    }

    @Expose(verb = Verb.GET, path = "/operations", access = Access.USER, help = "The user's operations, newest first.")
    public List<Operation> list(@Param(value = "sid", required = false) long sid, @Param(value = "open", required = false) boolean open, Caller caller) {
        return database.read(s -> Operations.list(s, caller.uid(), sid, open, MOST)).stream().map(OperationRow::view).toList();
    }

    @Expose(verb = Verb.GET, path = "/operations/{id}", access = Access.OPERATION_OWNER, help = "An operation with the progress of its steps.")
    public Operation get(@Param("id") String id) {
        return database.read(s -> Operations.get(s, id)).view();
    }

    @Expose(verb = Verb.POST, path = "/operations/{id}/cancel", access = Access.OPERATION_OWNER,
            help = "Has an operation undone; after its switch it is too late for that.")
    public Operation cancel(@Param("id") String id, Caller caller) {
        Operation operation = changes.cancel(id);
        audit.add(caller.uid(), caller.name(), "cancel", "operation " + id, "ok");
        return operation;
    }

    @Expose(verb = Verb.GET, path = "/events", access = Access.USER, help = "Stream of changes (server-sent events), resumed with Last-Event-ID.")
    public EventStream events(@Param(value = "aid", required = false) long aid, @Param(value = "sid", required = false) long sid, Request request, Caller caller) {
        long after = number(request.lastEventId());
        Events.Subscription subscription = events.subscribe(after, e -> e.uid() == caller.uid() && (aid == 0 || e.aid() == aid) && (sid == 0 || e.sid() == sid));
        return new EventStream(new Source(subscription));
    }

    private static long number(String id) {
        try {
            return id == null ? -1 : Long.parseLong(id);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private record Source(Events.Subscription subscription) implements EventStream.Source {
        @Override
        public EventStream.Item next(Duration atMost) throws InterruptedException {
            if (subscription.takeReload()) {
                return new EventStream.Item(null, "reload", java.util.Map.of());
            }
            Event event = subscription.next(atMost.toMillis());
            return event == null ? null : new EventStream.Item(Long.toString(event.id()), event.kind(), event);
        }

        @Override
        public void close() {
            subscription.close();
        }
    }
}
