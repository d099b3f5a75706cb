package eu.conpaas.cloud.local.internal;

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
    private static final Pattern FORM = Pattern.compile("(\\d+) (\\d+)\n(ready\n)?");

    static Init parse(String text) {
        Matcher m = FORM.matcher(text == null ? "" : text);
        return m.matches() ? new Init(Long.parseLong(m.group(1)), Long.parseLong(m.group(2)), m.group(3) != null) : null;
    }

    /** Whether it still is that process: no other one since the machine's boot has had this pid and began at this time. */
    boolean alive(VmRecord vm) {
        return vm.machine().equals(Procs.machine()) && Procs.start(pid) == start;
    }
}
