package eu.conpaas.cloud.local.internal;

import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first process of a node.
 *
 * @param pid   as seen from outside
 * @param start when it started, in clock ticks since the machine's boot
 * @param ready whether the start script got to its end
 */
record Init(long pid, long start, boolean ready) {
    private static final int LOOKS = 4;
    private static final long BETWEEN_LOOKS = 5_000_000;
    private static final Pattern FORM = Pattern.compile("(\\d+) (\\d+)\n(ready\n)?");

    static Init parse(String text) {
        Matcher m = FORM.matcher(text == null ? "" : text);
        return m.matches() ? new Init(Long.parseLong(m.group(1)), Long.parseLong(m.group(2)), m.group(3) != null) : null;
    }

    /** Whether it still is that process and no later one with the same pid. */
    boolean alive(VmRecord vm, VmFolder folder) {
        if (!vm.machine().equals(Procs.machine())) {
            return false;
        }
        // while it becomes another program it does not always look like itself: a "no" counts when it is repeated
        for (int look = 0; look < LOOKS; look++) {
            if (Procs.start(pid) == start && !Procs.carriesAnother(pid, vm.token(), folder.path())) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
        return false;
    }
}
