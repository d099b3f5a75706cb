package eu.conpaas.director.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class SpendingTest {
    private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");

    private static Instant in(int minutes) {
        return NOW.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void creditsLastUntilTheFirstHourThatCannotBePaid() {
        assertNull(Spending.empty(5, List.of(), NOW));
        assertEquals(in(20), Spending.empty(0, List.of(in(20), in(50)), NOW));
        assertEquals(in(50), Spending.empty(1, List.of(in(50), in(20)), NOW));
        assertEquals(in(80), Spending.empty(2, List.of(in(20), in(50)), NOW));
        assertEquals(in(20 + 50 * 60), Spending.empty(100, List.of(in(20), in(50)), NOW));
        assertEquals(NOW, Spending.empty(-3, List.of(in(-5)), NOW), "an hour that is due already is due now");
    }

    /** The formula against paying hour by hour. */
    @Test
    void theForecastIsWhatPayingHourByHourGives() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<Instant> due = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(6); i++) {
                due.add(in(random.nextInt(60)));
            }
            int credit = random.nextInt(30);
            List<Instant> next = new ArrayList<>(due);
            for (int left = credit; left > 0; left--) {
                Instant first = Collections.min(next);
                next.set(next.indexOf(first), first.plus(Duration.ofHours(1)));
            }
            assertEquals(Collections.min(next), Spending.empty(credit, due, NOW));
        }
    }
}
