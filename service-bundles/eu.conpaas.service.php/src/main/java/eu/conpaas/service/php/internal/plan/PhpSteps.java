package eu.conpaas.service.php.internal.plan;

/** Kinds of steps that only this service has; all are the manager's. */
public final class PhpSteps {
    /** Put a release on a node, beside those there are. */
    public static final String DISTRIBUTE = "distribute";
    /** Start a second pair of engines with new settings on a backend. */
    public static final String PREPARE = "prepare";
    /** Let a backend answer a first request that no user waits for. */
    public static final String WARM = "warm";
    /** Wait until the pair with the old settings has nothing to do, and stop it. */
    public static final String RETIRE = "retire";

    private PhpSteps() {
    }
}
