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
        director(all, "BEFORE_ACCEPT", ServiceDeed.CREATE, ServiceDeed.SCALE_UP);
        director(all, "AFTER_ACCEPT", ServiceDeed.CREATE, ServiceDeed.START, ServiceDeed.SCALE_UP, ServiceDeed.SCALE_DOWN, ServiceDeed.ACTIVATE, ServiceDeed.STOP, ServiceDeed.TERMINATE);
        director(all, "BEFORE_CLOUD_CREATE", ServiceDeed.CREATE, ServiceDeed.SCALE_UP);
        director(all, "AFTER_CLOUD_CREATE", ServiceDeed.CREATE, ServiceDeed.START, ServiceDeed.SCALE_UP);
        director(all, "AFTER_ORDERED", ServiceDeed.START);
        director(all, "AFTER_ENROL", ServiceDeed.CREATE, ServiceDeed.SCALE_UP);
        director(all, "BEFORE_READY", ServiceDeed.START);
        director(all, "AFTER_READY", ServiceDeed.SCALE_UP);
        director(all, "BEFORE_STEP_REPORT", ServiceDeed.START, ServiceDeed.ACTIVATE);
        director(all, "AFTER_STEP_REPORT", ServiceDeed.SCALE_UP, ServiceDeed.SCALE_DOWN);
        director(all, "BEFORE_TARGET", ServiceDeed.START, ServiceDeed.ACTIVATE);
        director(all, "AFTER_TARGET", ServiceDeed.SCALE_UP, ServiceDeed.STOP);
        director(all, "BEFORE_TERMINATE_NODE", ServiceDeed.SCALE_DOWN, ServiceDeed.TERMINATE);
        director(all, "AFTER_TERMINATE_NODE", ServiceDeed.STOP, ServiceDeed.TERMINATE);
        director(all, "BEFORE_SERVICE_GONE", ServiceDeed.TERMINATE);
        director(all, "BEFORE_UNDO", ServiceDeed.CANCELLED);
        director(all, "AFTER_UNDO", ServiceDeed.CANCELLED);
        director(all, AFTER_MANAGER_REPLACED, ServiceDeed.SCALE_UP, ServiceDeed.ACTIVATE);
        node(all, "NODE_ENROLLED", ServiceDeed.CREATE, ServiceDeed.SCALE_UP);
        node(all, "NODE_BEFORE_HEARTBEAT", ServiceDeed.START);
        node(all, "AGENT_STORED", ServiceDeed.START);
        node(all, "AGENT_BEFORE_DAEMONS", ServiceDeed.SCALE_UP);
        node(all, "AGENT_CONFIGURED", ServiceDeed.SCALE_UP, ServiceDeed.ACTIVATE);
        node(all, "AGENT_RELEASED", ServiceDeed.SCALE_DOWN);
        node(all, MANAGER_OPENED, ServiceDeed.CREATE, ServiceDeed.SCALE_UP);
        node(all, "MANAGER_BEFORE_STEP", ServiceDeed.START, ServiceDeed.SCALE_DOWN);
        node(all, "MANAGER_AFTER_STEP", ServiceDeed.SCALE_UP, ServiceDeed.ACTIVATE);
        node(all, "MANAGER_REPORTED", ServiceDeed.START);
        node(all, "MANAGER_AFTER_SWITCH", ServiceDeed.ACTIVATE, ServiceDeed.SCALE_DOWN);
        for (Deed deed : List.<Deed>of(ServiceDeed.START, ServiceDeed.SCALE_UP, ServiceDeed.ACTIVATE)) {
            all.add(new Death(Who.MANAGER_PROCESS, null, deed));
            all.add(new Death(Who.MANAGER_NODE, null, deed));
        }
        all.add(new Death(Who.AGENT_PROCESS, null, ServiceDeed.SCALE_UP));
        node(all, "MANAGER_BEFORE_STEP", ServiceDeed.CLONE, ServiceDeed.PROMOTE);
        node(all, "MANAGER_AFTER_STEP", ServiceDeed.CLONE);
        node(all, "AGENT_CONFIGURED", ServiceDeed.CLONE);
        node(all, "MANAGER_AFTER_SWITCH", ServiceDeed.PROMOTE);
        all.add(new Death(Who.MANAGER_NODE, null, ServiceDeed.CLONE));
        all.add(new Death(Who.AGENT_NODE, null, ServiceDeed.CLONE));
        all.add(new Death(Who.AGENT_NODE, null, ServiceDeed.PROMOTE));
        all.add(new Death(Who.AGENT_NODE, null, ServiceDeed.SCALE_UP));
        all.add(new Death(Who.AGENT_NODE, null, ServiceDeed.ACTIVATE));
        all.add(new Death(Who.AGENT_PROCESS, null, ServiceDeed.STOP));
        java(all);
        pushes(all);
        whole(all);
        return all;
    }

    private static void java(List<Death> all) {
        director(all, "AFTER_ACCEPT", ServiceDeed.JAVA_ACTIVATE, ServiceDeed.JAVA_SETTINGS, ServiceDeed.JAVA_SCALE);
        director(all, "BEFORE_STEP_REPORT", ServiceDeed.JAVA_ACTIVATE, ServiceDeed.JAVA_SETTINGS);
        director(all, "BEFORE_TARGET", ServiceDeed.JAVA_ACTIVATE);
        director(all, "AFTER_TARGET", ServiceDeed.JAVA_SETTINGS);
        director(all, AFTER_MANAGER_REPLACED, ServiceDeed.JAVA_ACTIVATE);
        node(all, "AGENT_CONFIGURED", ServiceDeed.JAVA_ACTIVATE, ServiceDeed.JAVA_SETTINGS, ServiceDeed.JAVA_SCALE);
        node(all, MANAGER_OPENED, ServiceDeed.JAVA_ACTIVATE);
        node(all, "MANAGER_BEFORE_STEP", ServiceDeed.JAVA_ACTIVATE, ServiceDeed.JAVA_SETTINGS);
        node(all, "MANAGER_AFTER_STEP", ServiceDeed.JAVA_ACTIVATE, ServiceDeed.JAVA_SETTINGS);
        node(all, "MANAGER_AFTER_SWITCH", ServiceDeed.JAVA_ACTIVATE, ServiceDeed.JAVA_SETTINGS);
        for (Who who : List.of(Who.MANAGER_PROCESS, Who.MANAGER_NODE, Who.AGENT_PROCESS, Who.AGENT_NODE)) {
            all.add(new Death(who, null, ServiceDeed.JAVA_ACTIVATE));
            all.add(new Death(who, null, ServiceDeed.JAVA_SETTINGS));
        }
    }

    private static void pushes(List<Death> all) {
        for (String at : List.of("AFTER_PUSH", "AFTER_ACCEPT", "BEFORE_TARGET", "AFTER_TARGET")) {
            director(all, at, WholeDeed.PUSH);
        }
        for (String at : List.of("MANAGER_BEFORE_PUSH", "MANAGER_AFTER_PUSH", "MANAGER_BEFORE_STEP", "MANAGER_AFTER_SWITCH", "AGENT_CONFIGURED")) {
            node(all, at, WholeDeed.PUSH);
        }
    }

    /** Steps that the director takes for whole applications, and the work of nodes on the way. */
    private static void whole(List<Death> all) {
        for (String at : List.of("BEFORE_ACCEPT:1", "AFTER_ACCEPT:1", "AFTER_ACCEPT:2", "BEFORE_JOB_STEP:1", "AFTER_JOB_STEP:1", "BEFORE_JOB_STEP:2", "AFTER_JOB_STEP:2",
                "AFTER_JOB_STEP:3", "AFTER_CLOUD_CREATE:1", "AFTER_READY:1", "AFTER_TARGET:1")) {
            director(all, at, WholeDeed.MANIFEST, WholeDeed.IMPORT);
        }
        for (String at : List.of("NODE_ENROLLED", MANAGER_OPENED, "MANAGER_BEFORE_STEP", "MANAGER_AFTER_STEP", "MANAGER_AFTER_SWITCH", "AGENT_STORED",
                "AGENT_CONFIGURED")) {
            node(all, at, WholeDeed.MANIFEST, WholeDeed.IMPORT);
        }
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
        return deed.name() + ": kill -9 of " + who + (at == null ? "" : " at " + at);
    }
}
