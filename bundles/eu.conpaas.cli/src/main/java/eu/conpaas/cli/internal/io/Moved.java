package eu.conpaas.cli.internal.io;

import java.util.Locale;

/** Shows how much of a file has moved, on a terminal. */
public final class Moved implements AutoCloseable {
    private static final int UNIT = 1024;
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    private static final long EVERY_NANOS = 200_000_000;
    private final Terminal terminal;
    private final boolean silent;
    private final String what;
    private long shown;
    private int width;

    /** @param what such as {@code Download} */
    public Moved(Terminal terminal, boolean silent, String what) {
        this.terminal = terminal;
        this.silent = silent || !terminal.isUpdating();
        this.what = what;
    }

    /** @param total bytes in all, negative if unknown */
    public void show(long done, long total) {
        long now = System.nanoTime();
        if (silent || done < total && now - shown < EVERY_NANOS) {
            return;
        }
        shown = now;
        String line = what + ": " + text(done) + (total > 0 ? " of " + text(total) + ", " + done * 100 / total + " %" : "") + (done == total ? ", checking" : "");
        terminal.err().print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
        terminal.err().flush();
        width = line.length();
    }

    /** An amount as people read it. */
    public static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= UNIT && unit < UNITS.length - 1) {
            value /= UNIT;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** Ends the line. */
    @Override
    public void close() {
        if (width > 0) {
            terminal.err().print("\r" + " ".repeat(width) + "\r");
            terminal.err().flush();
        }
    }
}
