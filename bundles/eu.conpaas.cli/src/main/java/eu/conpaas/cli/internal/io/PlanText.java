package eu.conpaas.cli.internal.io;

import eu.conpaas.api.Plan;
import eu.conpaas.api.PlanStep;

/** A plan for people. */
public final class PlanText {
    private PlanText() {
    }

    public static String of(Plan plan) {
        StringBuilder text = new StringBuilder("Plan: " + plan.summary() + "\n");
        int number = 1;
        int width = plan.steps().stream().mapToInt(s -> s.title().length()).max().orElse(0);
        for (PlanStep step : plan.steps()) {
            text.append(String.format("%4d. %-" + Math.max(1, width) + "s  about %s%s%n", number++, step.title(), duration(step.seconds()),
                    step.isSwitch() ? "  (from here on it only goes forward)" : ""));
        }
        text.append(String.format("Credits needed now: %d. Credits per hour: %d (now %d). Expected duration: %s.%n", plan.creditsNow(),
                plan.creditsPerHour(), plan.creditsPerHourNow(), duration(plan.seconds())));
        plan.warnings().forEach(w -> text.append("Warning: ").append(w).append('\n'));
        if (plan.confirm()) {
            text.append("It is carried out only with --yes, or after a question.\n");
        }
        return text.toString();
    }

    /** Seconds as people say them. */
    public static String duration(double seconds) {
        if (seconds < 1) {
            return Math.round(seconds * 10) / 10.0 + " s";
        }
        long whole = Math.round(seconds);
        return whole < 120 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
