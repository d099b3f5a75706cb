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

    /** Whether it still is that process and no later one with the same pid. */
    boolean alive(VmRecord vm, VmFolder folder) {
        return vm.machine().equals(Procs.machine()) && Procs.start(pid) == start && !Procs.carriesAnother(pid, vm.token(), folder.path());
    }
}
