package eu.conpaas.service.mysql.internal;

/** Roles, ports and names that planner, manager and agent share. */
public final class Names {
    /** Role of the server that takes writes; one node has it. */
    public static final String MASTERS = "masters";
    /** Role of replicas. */
    public static final String SLAVES = "slaves";
    /**
     * What agents are configured with for both roles: a database server. Which of them is master they are told by calls, because the one becomes the
     * other without a restart.
     */
    public static final String SERVER = "server";
    /** What the master's agent is configured with beside: the proxy at the service's address. */
    public static final String DOOR = "door";
    /** MySQL's port, on each node and, leading to the master, at the service's address. */
    public static final int PORT = 3306;
    /** At the service's address: leads to the replicas. */
    public static final int READ_PORT = 3307;

    /** Where a new replica takes its copy of the data. */
    public static final int COPY_PORT = 4444;

    private Names() {
    }
}
