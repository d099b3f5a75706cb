package eu.conpaas.director.internal.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import eu.conpaas.api.Event;
import eu.conpaas.api.Operation;
import eu.conpaas.director.internal.account.Members;
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
    private static final int PAGE = 200;
    private final Database database;
    private final Changes changes;
    private final Events events;
    private final Members members;
    private final Audit audit;

    public OperationApi(Database database, Changes changes, Events events, Members members, Audit audit) {
        this.members = members;
        this.database = database;
        this.changes = changes;
        this.events = events;
        this.audit = audit;
    }

    @Expose(verb = Verb.GET, path = "/operations", access = Access.USER, help = "Operations of what the user owns or is a member of, newest first.")
    public List<Operation> list(@Param(value = "sid", required = false) long sid, @Param(value = "aid", required = false) long aid,
            @Param(value = "open", required = false) boolean open,
            @Param(value = "before", required = false, help = "when the last one of the page before was accepted") Instant before,
            @Param(value = "limit", required = false, help = "most operations, 200 by default") int limit, Caller caller) {
        Operations.Wanted wanted = new Operations.Wanted(sid, aid, open, before, Paging.limit(limit, PAGE));
        return database.read(s -> Operations.list(s, caller.uid(), wanted)).stream().map(OperationRow::view).toList();
    }

    @Expose(verb = Verb.GET, path = "/operations/{id}", access = Access.OPERATION_VIEWER, help = "An operation with the progress of its steps.")
    public Operation get(@Param("id") String id) {
        return database.read(s -> Operations.get(s, id)).view();
    }

    @Expose(verb = Verb.POST, path = "/operations/{id}/cancel", access = Access.OPERATION_DEVELOPER,
            help = "Has an operation undone; after its switch it is too late for that.")
    public Operation cancel(@Param("id") String id, Caller caller) {
        Operation operation = changes.cancel(id);
        audit.application(caller, operation.aid(), "cancel", "operation " + id);
        return operation;
    }

    @Expose(verb = Verb.GET, path = "/events", access = Access.USER, help = "Stream of changes (server-sent events), resumed with Last-Event-ID.")
    public EventStream events(@Param(value = "aid", required = false) long aid, @Param(value = "sid", required = false) long sid, Request request, Caller caller) {
        long after = number(request.lastEventId());
        Events.Subscription subscription = events.subscribe(after, e -> isFor(e, caller.uid()) && (aid == 0 || e.aid() == aid) && (sid == 0 || e.sid() == sid));
        return new EventStream(new Source(subscription));
    }

    @Expose(verb = Verb.GET, path = "/events/all", access = Access.ADMIN, help = "Stream of the changes of all users, resumed with Last-Event-ID.")
    public EventStream allEvents(Request request) {
        return new EventStream(new Source(events.subscribe(number(request.lastEventId()), e -> true)));
    }

    /** What is not about an application is its user's alone. */
    private boolean isFor(Event event, long uid) {
        return event.uid() == uid || event.aid() != 0 && members.sees(uid, event.aid());
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
