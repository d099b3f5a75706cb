package eu.conpaas.node.internal;

import eu.conpaas.rpc.MethodTable;
import java.security.cert.X509Certificate;
import java.util.Map;

/** What a node runs: a manager or an agent. */
interface Part extends AutoCloseable {
    /** Methods it answers. */
    MethodTable methods();

    /** Whether a user may call it, by this certificate. */
    boolean admits(long uid, X509Certificate certificate);

    /** Begins to work; called once the server listens. */
    void start();

    /** What does not work, or null. */
    String trouble();

    /** Figures beyond the node's own. */
    Map<String, Double> sample();

    /** Stops all engines for good: the node is no longer wanted. */
    void end();

    /** Lets go; engines go on running. */
    @Override
    void close();
}
