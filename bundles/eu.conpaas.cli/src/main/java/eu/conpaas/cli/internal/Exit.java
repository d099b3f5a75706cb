package eu.conpaas.cli.internal;

/** Exit codes of the command line. */
public final class Exit {
    public static final int OK = 0;
    /** The server refused, or what was waited for failed. */
    public static final int REFUSED = 1;
    /** The command line itself is wrong. */
    public static final int USAGE = 2;
    /** No connection, or none that can be trusted. */
    public static final int NO_CONNECTION = 3;

    private Exit() {
    }
}
