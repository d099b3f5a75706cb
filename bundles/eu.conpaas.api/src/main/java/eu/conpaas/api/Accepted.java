package eu.conpaas.api;

/**
 * The director's answer to a change: a plan if only that was asked for, else the operation it became.
 *
 * @param plan      with {@code plan=true}, else null
 * @param operation else; null if nothing needed doing
 * @param service   the service, where the call made it, else null
 */
public record Accepted(Plan plan, Operation operation, ServiceView service) {
}
