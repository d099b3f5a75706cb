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
    /** What agents are configured with beside: the proxy at the service's addresses. */
    public static final String DOOR = "door";
    /** MySQL's port: on each node its server, at the service's address the master, at its address for reads the replicas. */
    public static final int PORT = 3306;
    /** Leads to the replicas, on each node and at the service's address. */
    public static final int READ_PORT = 3307;
    /** Id of the service's address for reads. */
    public static final String READS = "reads";

    /** Where a new server takes its copy of the data. */
    public static final int COPY_PORT = 4444;
    /** Where the servers of a cluster agree on commits. */
    public static final int GROUP_PORT = 4567;
    /** Where a server of a cluster gets what it has missed. */
    public static final int MISSED_PORT = 4568;

    private Names() {
    }
}
