package eu.conpaas.cloud.local.internal;

import java.util.ArrayList;
import java.util.List;
import java.nio.file.Path;

/** What this machine already routes. */
final class Routes {
    private static final int HEADER = 1;

    private Routes() {
    }

    /** Whether no route but the default one overlaps a /24, those of one interface aside. */
    static boolean free(String prefix, String except) {
        return overlapping(prefix).stream().allMatch(except::equals);
    }

    /** Interfaces with routes that overlap a /24, or a word for an unknown user. */
    static String users(String prefix) {
        List<String> users = overlapping(prefix);
        return users.isEmpty() ? "another installation" : "interface " + String.join(", ", users);
    }

    private static List<String> overlapping(String prefix) {
        List<String> interfaces = new ArrayList<>();
        String table = Disk.read(Path.of("/proc/net/route"));
        if (table == null) {
            return interfaces;
        }
        String[] n = prefix.split("\\.");
        long network = Long.parseLong(n[0]) << 24 | Long.parseLong(n[1]) << 16 | Long.parseLong(n[2]) << 8;
        for (String line : table.lines().skip(HEADER).toList()) {
            String[] fields = line.split("\\s+");
            long mask = number(fields[7]);
            long common = mask & 0xffffff00L;
            if (mask != 0 && (number(fields[1]) & common) == (network & common)) {
                interfaces.add(fields[0]);
            }
        }
        return interfaces;
    }

    /** The kernel writes addresses as hex of a little-endian number. */
    private static long number(String hex) {
        return Integer.toUnsignedLong(Integer.reverseBytes(Integer.parseUnsignedInt(hex, 16)));
    }
}
