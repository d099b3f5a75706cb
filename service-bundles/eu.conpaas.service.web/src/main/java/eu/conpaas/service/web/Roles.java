package eu.conpaas.service.web;

/** The roles of the service and the ports of their engines. */
public final class Roles {
    public static final String PROXY = "proxy";
    public static final String WEB = "web";
    public static final String BACKEND = "backend";
    /** The copy of the session store. Nobody asks for this role: the manager gives it to the first proxy's node, beside what is placed there. */
    public static final String SESSIONS_COPY = "sessions";

    /** The site, where the node may listen there. */
    public static final int SITE = 80;
    /** The site, where it may not. */
    public static final int SITE_UNPRIVILEGED = 8080;
    public static final int WEB_PORT = 8081;
    /** Where the proxy takes requests back that the web role cannot answer. */
    public static final int HAND_ON = 8082;
    /** First of the two ports of a backend's engines. */
    public static final int BACKEND_PORT = 9000;
    /** Session store and its copy. */
    public static final int SESSIONS = 6379;
    /** Where the engines of a backend find the session store, on their own node. */
    public static final int SESSIONS_DOOR = 6380;
    /** Where a new session store listens while it copies what is left of the one before. */
    public static final int SESSIONS_SEED = 6381;

    private Roles() {
    }
}
