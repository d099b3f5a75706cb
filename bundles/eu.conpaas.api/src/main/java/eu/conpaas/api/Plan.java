package eu.conpaas.api;

import java.util.List;

/**
 * What a change would do and cost, before anything is done.
 *
 * @param kind              of the operation: create, start, scale, activate, settings, stop, terminate, replace, or a service's own
 * @param summary           one line for people
 * @param steps             in order; director steps of the same kind that stand side by side run together
 * @param creditsPerHour    what the service costs an hour once the plan is done
 * @param creditsPerHourNow what it costs an hour now
 * @param creditsNow        credits needed (held) at once
 * @param seconds           expected duration, from past runs where there are any
 * @param warnings          what the user should know first
 * @param confirm           whether it is refused (CONFIRMATION_NEEDED) unless called with {@code confirm=true}
 */
public record Plan(String kind, String summary, List<PlanStep> steps, int creditsPerHour, int creditsPerHourNow, int creditsNow,
        double seconds, List<String> warnings, boolean confirm) {
    public Plan {
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
    }
}
