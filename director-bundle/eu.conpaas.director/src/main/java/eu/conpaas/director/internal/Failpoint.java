package eu.conpaas.director.internal;

import org.slf4j.LoggerFactory;

/**
 * Places where a test can have the director die as by kill -9. The environment variable or system property {@code CONPAAS_FAILPOINT}
 * names one, with {@code :n} for its n-th visit; without it nothing happens.
 */
public enum Failpoint {
    /** A change has been planned, nothing is stored. */
    BEFORE_ACCEPT,
    /** Target, operation, node rows and holds are stored; nobody works on them yet. */
    AFTER_ACCEPT,
    /** A node's intent is stored, the cloud has not been asked. */
    BEFORE_CLOUD_CREATE,
    /** The cloud has made a VM, its id is not stored. */
    AFTER_CLOUD_CREATE,
    /** The VM's id is stored. */
    AFTER_ORDERED,
    /** A node's key is stored, its certificate has not been sent. */
    AFTER_ENROL,
    /** A first heartbeat has arrived, the node is not yet ready. */
    BEFORE_READY,
    /** The node is ready and its first hour charged; the step is not yet done. */
    AFTER_READY,
    /** A Git push is stored, the manager has no answer. */
    AFTER_PUSH,
    /** A manager's step report has arrived and is not stored. */
    BEFORE_STEP_REPORT,
    /** A manager's step report is stored, the manager has no answer. */
    AFTER_STEP_REPORT,
    /** All steps are done, the target is not yet the desired state. */
    BEFORE_TARGET,
    /** The target is the desired state, nobody knows yet. */
    AFTER_TARGET,
    /** A node is marked as leaving, the cloud has not been asked to end it. */
    BEFORE_TERMINATE_NODE,
    /** The cloud has been asked to end a node. */
    AFTER_TERMINATE_NODE,
    /** An operation has turned back, nothing is undone yet. */
    BEFORE_UNDO,
    /** Created nodes are ended, the operation is not yet closed. */
    AFTER_UNDO,
    /** A step of an operation on an application is noted as begun, nothing is done. */
    BEFORE_JOB_STEP,
    /** A step of an operation on an application is done, that is not noted. */
    AFTER_JOB_STEP,
    /** A manager's replacement is stored, the cloud has not been asked. */
    AFTER_MANAGER_REPLACED,
    /** A service's last node has ended, the service is still listed. */
    BEFORE_SERVICE_GONE;

    private static final int EXIT = 137;
    private int visits;

    /** Dies here if this is the failpoint in force. */
    public void hit() {
        String wanted = System.getProperty("CONPAAS_FAILPOINT", System.getenv("CONPAAS_FAILPOINT"));
        if (wanted == null || !wanted.split(":")[0].equals(name())) {
            return;
        }
        int nth = wanted.contains(":") ? Integer.parseInt(wanted.substring(wanted.indexOf(':') + 1)) : 1;
        synchronized (this) {
            visits++;
            if (visits == nth) {
                LoggerFactory.getLogger(Failpoint.class).warn("Failpoint {} reached: halting", this);
                Runtime.getRuntime().halt(EXIT);
            }
        }
    }
}
