package eu.conpaas.api;

/** What a node of a service is for. */
public enum NodeKind {
    /** Runs the service's logic, one per service. */
    MANAGER,
    /** Runs engines. */
    AGENT
}
