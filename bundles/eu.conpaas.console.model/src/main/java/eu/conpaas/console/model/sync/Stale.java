package eu.conpaas.console.model.sync;

import java.util.Set;
import java.util.TreeSet;

import eu.conpaas.api.Event;

/** What of a model has to be read anew. Thread-safe; events are put in, the loader takes all out at once, so that a burst is one reading. */
final class Stale {
    private Part part = new Part();
    private boolean closed;

    /** A set of things to read. */
    static final class Part {
        /** Everything, the rest of this included. */
        boolean all;
        boolean applications;
        boolean credit;
        final Set<Long> services = new TreeSet<>();
        final Set<Long> versions = new TreeSet<>();
        final Set<String> operations = new TreeSet<>();

        boolean isEmpty() {
            return !all && !applications && !credit && services.isEmpty() && versions.isEmpty() && operations.isEmpty();
        }
    }

    synchronized void all() {
        part.all = true;
        notifyAll();
    }

    synchronized void service(long sid, boolean withVersions) {
        part.services.add(sid);
        if (withVersions) {
            part.versions.add(sid);
        }
        notifyAll();
    }

    synchronized void event(Event event) {
        if (event.kind().startsWith("credit")) {
            part.credit = true;
        }
        if (event.kind().equals("application")) {
            part.applications = true;
        }
        if (event.kind().equals("version")) {
            part.versions.add(event.sid());
        }
        if (event.data().get("operation") instanceof String operation) {
            part.operations.add(operation);
            part.applications |= event.sid() == 0;
        }
        if (event.sid() != 0) {
            part.services.add(event.sid());
            // nodes that come or go hold or free credits
            part.credit |= event.kind().equals("node.state");
        }
        notifyAll();
    }

    /** Puts back what could not be read. */
    synchronized void again(Part unread) {
        part.all |= unread.all;
        part.applications |= unread.applications;
        part.credit |= unread.credit;
        part.services.addAll(unread.services);
        part.versions.addAll(unread.versions);
        part.operations.addAll(unread.operations);
    }

    /** Waits until anything is stale; false when closed. */
    synchronized boolean await() throws InterruptedException {
        while (part.isEmpty() && !closed) {
            wait();
        }
        return !closed;
    }

    /** All that is stale now. */
    synchronized Part take() {
        Part taken = part;
        part = new Part();
        return taken;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
