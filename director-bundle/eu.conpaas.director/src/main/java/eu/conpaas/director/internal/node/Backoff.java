package eu.conpaas.director.internal.node;

import java.util.concurrent.ThreadLocalRandom;

/** Growing waits between tries: from 0.25 s, doubling up to 15 s, with a little chance in it so that many do not try at once. */
public final class Backoff {
    private static final long FIRST = 250;
    private static final long LONGEST = 15_000;
    private long next = FIRST;

    /** Milliseconds to wait before the next try. */
    public long next() {
        long wait = next;
        next = Math.min(LONGEST, next * 2);
        return wait + ThreadLocalRandom.current().nextLong(wait / 4 + 1);
    }

    /** The wait before try number {@code tries}, counted from 1. */
    public static long after(int tries) {
        return Math.min(LONGEST, FIRST << Math.min(10, Math.max(0, tries - 1)));
    }

    public void sleep() throws InterruptedException {
        Thread.sleep(next());
    }
}
