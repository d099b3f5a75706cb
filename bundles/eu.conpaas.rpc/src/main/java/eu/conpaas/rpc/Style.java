package eu.conpaas.rpc;

/** How an endpoint answers. */
public enum Style {
    /** As 1.3.1: status 200 always; a failure is {@code {"error":true,"msg":…}} or, where declared, {@code false}. */
    LEGACY,
    /** Proper status codes; a failure is {@code {"error":true,"msg":…,"code":…,"cause":…,"next":…}}. */
    MODERN
}
