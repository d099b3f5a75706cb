package eu.conpaas.service.manager;

import eu.conpaas.api.Assignment;
import eu.conpaas.api.NodeContext;
import java.nio.file.Path;
import java.util.Map;

/**
 * Something every manager can do beside the logic of its service type, and whatever state the service is in: a DS component of a bundle of its own
 * offers it. Like a manager it is crash-only and keeps nothing that the director does not have.
 */
public interface ManagerAddOn {
    /**
     * Begins its work in one manager. Must return quickly and hold next to nothing until an assignment says that it is needed.
     *
     * @param node     the manager's node
     * @param folder   where it may keep what it can get again; need not be there yet, no engine reads it
     * @param director takes what is to be kept
     */
    Running start(NodeContext node, Path folder, GitLink director);

    /** The add-on at work. */
    interface Running extends AutoCloseable {
        /** Told of each new assignment, in order, by one thread; must return quickly. */
        void assigned(Assignment assignment);

        /** What it adds to {@code get_service_info}; empty for nothing. */
        Map<String, Object> info();

        /** Answers a method of kind {@code query}, or null if the method is not its own. */
        Map<String, Object> query(String method, Map<String, Object> arguments);

        /** Ends its work. */
        @Override
        void close();
    }
}
