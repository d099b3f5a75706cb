package eu.conpaas.director.internal.transfer;

import java.util.Locale;

/** Amounts of bytes as people read them. */
final class Bytes {
    private static final int UNIT = 1024;
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};

    private Bytes() {
    }

    static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= UNIT && unit < 4) {
            value /= UNIT;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
