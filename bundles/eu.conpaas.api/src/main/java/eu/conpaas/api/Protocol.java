package eu.conpaas.api;

/** The version of what nodes and director say to each other; the one before is still understood. */
public final class Protocol {
    /** Present protocol number. */
    public static final int VERSION = 1;
    /** Oldest protocol number still spoken. */
    public static final int OLDEST = 1;
    /** Port of the director and of agents. */
    public static final int PORT = 5555;
    /** Port of a manager where it may listen there. */
    public static final int MANAGER_PORT = 443;
    /** Port of a manager that may not listen on {@link #MANAGER_PORT}. */
    public static final int MANAGER_PORT_UNPRIVILEGED = 8443;

    private Protocol() {
    }
}
