package eu.conpaas.api;

/** Kinds of steps that every service has. */
public final class StepKind {
    /** Director: make a node and wait for its first heartbeat. */
    public static final String CREATE_NODE = "create-node";
    /** Director: end a node and wait until the cloud has dropped it. */
    public static final String REMOVE_NODE = "remove-node";
    /** Manager: start a role's engines on a node, not yet used by anybody. */
    public static final String CONFIGURE = "configure";
    /** Manager: wait until a role on a node is healthy. */
    public static final String CHECK = "check";
    /** Manager: lead users to the new arrangement. */
    public static final String SWITCH = "switch";
    /** Manager: wait until nothing is under way on a role that leaves a node. */
    public static final String DRAIN = "drain";
    /** Manager: stop a role's engines on a node. */
    public static final String RELEASE = "release";

    private StepKind() {
    }
}
