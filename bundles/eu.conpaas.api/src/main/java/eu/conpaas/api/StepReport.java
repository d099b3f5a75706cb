package eu.conpaas.api;

/**
 * What a manager says about a step ({@code POST /managers/steps}).
 *
 * @param epoch     the manager's epoch; a lower one than the service's is refused with STALE_EPOCH
 * @param operation operation id
 * @param step      step id
 * @param state     RUNNING, DONE, FAILED, or UNDONE when going back
 * @param detail    one line for people, or null
 * @param error     why it failed, or null
 */
public record StepReport(long epoch, String operation, String step, Operation.StepState state, String detail, ApiError error) {
}
