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
    /** Whoever may see the service {@code {sid}}: owner, developers and viewers of its application, administrators. */
    SERVICE_VIEWER,
    /** Whoever may change the service {@code {sid}}: owner and developers of its application. */
    SERVICE_DEVELOPER,
    /** Whoever may end the service {@code {sid}}: the owner of its application, or an administrator. */
    SERVICE_OWNER,
    /** A call of the method {@code {method}} of the service {@code {sid}}: a viewer where the method is made for viewers, else a developer. */
    SERVICE_METHOD,
    /** Whoever may see the application {@code {aid}}. */
    APPLICATION_VIEWER,
    /** Whoever may change services in the application {@code {aid}}. */
    APPLICATION_DEVELOPER,
    /** The owner of the application {@code {aid}}, or an administrator. */
    APPLICATION_OWNER,
    /** Whoever may see what the operation {@code {id}} is about. */
    OPERATION_VIEWER,
    /** Whoever may change what the operation {@code {id}} is about. */
    OPERATION_DEVELOPER,
    /** A manager or agent, by its node certificate. */
    NODE,
    /** A manager, by its node certificate. */
    MANAGER,
    /** The director, by its certificate. */
    DIRECTOR,
    /** On a manager: users it was told of, the director, or the manager itself. On an agent: manager or agent of the same service. */
    SERVICE_PEER
}
