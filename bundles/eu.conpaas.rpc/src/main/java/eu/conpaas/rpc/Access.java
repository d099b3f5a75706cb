package eu.conpaas.rpc;

/** Who may call an endpoint. What each means for a request is decided by the one {@link Guard} of the server. */
public enum Access {
    /** Not said: a server with such an endpoint does not start. */
    UNDECLARED,
    /** Anybody. */
    PUBLIC,
    /** User name and password in the parameters {@code username} and {@code password}; the only access with which these are read. */
    PASSWORD,
    /** Password as in {@link #PASSWORD}, or a user's certificate. */
    PASSWORD_OR_USER,
    /** Any user: certificate or token. */
    USER,
    /** A user who is an administrator. */
    ADMIN,
    /** The user who owns the service {@code {sid}} (or an administrator). */
    SERVICE_OWNER,
    /** The user who owns the application {@code {aid}} (or an administrator). */
    APPLICATION_OWNER,
    /** The user who owns the operation {@code {id}} (or an administrator). */
    OPERATION_OWNER,
    /** A manager or agent, by its node certificate. */
    NODE,
    /** A manager, by its node certificate. */
    MANAGER,
    /** The director, by its certificate. */
    DIRECTOR,
    /** On a manager: a user of the same uid, the director, or the manager itself. On an agent: manager or agent of the same service. */
    SERVICE_PEER
}
