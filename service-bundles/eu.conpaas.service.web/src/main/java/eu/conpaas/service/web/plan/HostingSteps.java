package eu.conpaas.service.web.plan;

/** Kinds of steps that only web hosting services have; all are the manager's. */
public final class HostingSteps {
    /** Put a release on a node, beside those there are, and let engines that stay answer a first request that no user waits for. */
    public static final String DISTRIBUTE = "distribute";
    /** Start a second set of engines with new settings on a backend. */
    public static final String PREPARE = "prepare";
    /** Let new engines of a backend answer a first request. */
    public static final String WARM = "warm";
    /** Wait until the set with the old settings has nothing to do, and stop it. */
    public static final String RETIRE = "retire";

    private HostingSteps() {
    }
}
