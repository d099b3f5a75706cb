package eu.conpaas.console.internal.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import eu.conpaas.api.Operation;
import eu.conpaas.console.internal.Texts;

/** Figures as people read them. */
public final class Words {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final long K = 1024;

    private Words() {
    }

    public static String time(Instant time) {
        return time == null ? "" : TIME.format(time);
    }

    public static String ago(Instant time) {
        return time == null ? "" : Texts.of("time.ago", duration(Math.max(0, Duration.between(time, Instant.now()).toSeconds())));
    }

    public static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 120) {
            return Texts.of("time.seconds", whole);
        }
        if (whole < 7200) {
            return Texts.of("time.minutes", whole / 60);
        }
        return whole < 2 * 86_400 ? Texts.of("time.hours", whole / 3600) : Texts.of("time.days", whole / 86_400);
    }

    public static String bytes(long bytes) {
        if (bytes < 10 * K) {
            return bytes + " B";
        }
        return bytes < 10 * K * K ? bytes / K + " KiB" : bytes / K / K + " MiB";
    }

    /** How far an operation has come, 0 to 1, by the expected durations of its steps. */
    public static double done(Operation operation) {
        if (operation.state().isFinal()) {
            return 1;
        }
        double all = operation.plan().steps().stream().mapToDouble(s -> Math.max(0.1, s.seconds())).sum();
        double left = operation.remaining().stream().mapToDouble(s -> Math.max(0.1, s.seconds())).sum();
        return all == 0 ? 0 : 1 - left / all;
    }

    /** What is being done just now, or how it ended. */
    public static String stage(Operation operation) {
        if (operation.state().isFinal()) {
            return operation.error() == null ? Texts.of("operation.state", operation.state()) : operation.error().cause();
        }
        return operation.plan().steps().stream().filter(s -> operation.steps().get(s.id()) != null
                && operation.steps().get(s.id()).state() == Operation.StepState.RUNNING).map(s -> s.title()).findFirst().orElse(Texts.of("operation.state", operation.state()));
    }
}
