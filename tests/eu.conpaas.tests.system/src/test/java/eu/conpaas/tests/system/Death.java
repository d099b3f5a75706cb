package eu.conpaas.tests.system;

import java.util.ArrayList;
import java.util.List;

/**
 * Somebody's death in the middle of a deed.
 *
 * @param who  who dies
 * @param at   failpoint at which, or null to be killed from outside as soon as the change has been accepted
 * @param deed what is under way
 */
record Death(Who who, String at, Deed deed) {
    /** Who can die. */
    enum Who { DIRECTOR, NODE, MANAGER_PROCESS, MANAGER_NODE, AGENT_PROCESS, AGENT_NODE }

    /** Reached only when the manager's node is dead. */
    static final String AFTER_MANAGER_REPLACED = "AFTER_MANAGER_REPLACED";
    /** Reached when a manager starts. */
    static final String MANAGER_OPENED = "MANAGER_OPENED";

    /** All of them. */
    static List<Death> all() {
        List<Death> all = new ArrayList<>();
        director(all, "BEFORE_ACCEPT", Deed.CREATE, Deed.SCALE_UP);
        director(all, "AFTER_ACCEPT", Deed.CREATE, Deed.START, Deed.SCALE_UP, Deed.SCALE_DOWN, Deed.ACTIVATE, Deed.STOP, Deed.TERMINATE);
        director(all, "BEFORE_CLOUD_CREATE", Deed.CREATE, Deed.SCALE_UP);
        director(all, "AFTER_CLOUD_CREATE", Deed.CREATE, Deed.START, Deed.SCALE_UP);
        director(all, "AFTER_ORDERED", Deed.START);
        director(all, "AFTER_ENROL", Deed.CREATE, Deed.SCALE_UP);
        director(all, "BEFORE_READY", Deed.START);
        director(all, "AFTER_READY", Deed.SCALE_UP);
        director(all, "BEFORE_STEP_REPORT", Deed.START, Deed.ACTIVATE);
        director(all, "AFTER_STEP_REPORT", Deed.SCALE_UP, Deed.SCALE_DOWN);
        director(all, "BEFORE_TARGET", Deed.START, Deed.ACTIVATE);
        director(all, "AFTER_TARGET", Deed.SCALE_UP, Deed.STOP);
        director(all, "BEFORE_TERMINATE_NODE", Deed.SCALE_DOWN, Deed.TERMINATE);
        director(all, "AFTER_TERMINATE_NODE", Deed.STOP, Deed.TERMINATE);
        director(all, "BEFORE_SERVICE_GONE", Deed.TERMINATE);
        director(all, "BEFORE_UNDO", Deed.CANCELLED);
        director(all, "AFTER_UNDO", Deed.CANCELLED);
        director(all, AFTER_MANAGER_REPLACED, Deed.SCALE_UP, Deed.ACTIVATE);
        node(all, "NODE_ENROLLED", Deed.CREATE, Deed.SCALE_UP);
        node(all, "NODE_BEFORE_HEARTBEAT", Deed.START);
        node(all, "AGENT_STORED", Deed.START);
        node(all, "AGENT_BEFORE_DAEMONS", Deed.SCALE_UP);
        node(all, "AGENT_CONFIGURED", Deed.SCALE_UP, Deed.ACTIVATE);
        node(all, "AGENT_RELEASED", Deed.SCALE_DOWN);
        node(all, MANAGER_OPENED, Deed.CREATE, Deed.SCALE_UP);
        node(all, "MANAGER_BEFORE_STEP", Deed.START, Deed.SCALE_DOWN);
        node(all, "MANAGER_AFTER_STEP", Deed.SCALE_UP, Deed.ACTIVATE);
        node(all, "MANAGER_REPORTED", Deed.START);
        node(all, "MANAGER_AFTER_SWITCH", Deed.ACTIVATE, Deed.SCALE_DOWN);
        for (Deed deed : List.of(Deed.START, Deed.SCALE_UP, Deed.ACTIVATE)) {
            all.add(new Death(Who.MANAGER_PROCESS, null, deed));
            all.add(new Death(Who.MANAGER_NODE, null, deed));
        }
        all.add(new Death(Who.AGENT_PROCESS, null, Deed.SCALE_UP));
        node(all, "MANAGER_BEFORE_STEP", Deed.CLONE, Deed.PROMOTE);
        node(all, "MANAGER_AFTER_STEP", Deed.CLONE);
        node(all, "AGENT_CONFIGURED", Deed.CLONE);
        node(all, "MANAGER_AFTER_SWITCH", Deed.PROMOTE);
        all.add(new Death(Who.MANAGER_NODE, null, Deed.CLONE));
        all.add(new Death(Who.AGENT_NODE, null, Deed.CLONE));
        all.add(new Death(Who.AGENT_NODE, null, Deed.PROMOTE));
        all.add(new Death(Who.AGENT_NODE, null, Deed.SCALE_UP));
        all.add(new Death(Who.AGENT_NODE, null, Deed.ACTIVATE));
        all.add(new Death(Who.AGENT_PROCESS, null, Deed.STOP));
        return all;
    }

    private static void director(List<Death> all, String at, Deed... deeds) {
        for (Deed deed : deeds) {
            all.add(new Death(Who.DIRECTOR, at, deed));
        }
    }

    private static void node(List<Death> all, String at, Deed... deeds) {
        for (Deed deed : deeds) {
            all.add(new Death(Who.NODE, at, deed));
        }
    }

    @Override
    public String toString() {
        return deed + ": kill -9 of " + who + (at == null ? "" : " at " + at);
    }
}
