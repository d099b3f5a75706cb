package eu.conpaas.service.plan;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.Plan;

/**
 * A worked-out change.
 *
 * @param target state after it, version one higher than before; nodes to be made are slots ({@code new-1}, …), the same names as in the
 *               plan's steps
 * @param plan   what leads there
 */
public record Planned(DesiredState target, Plan plan) {
}
