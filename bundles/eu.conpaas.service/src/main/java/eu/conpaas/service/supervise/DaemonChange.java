package eu.conpaas.service.supervise;

import eu.conpaas.service.agent.DaemonSpec;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How a running daemon is brought from one description to another. */
final class DaemonChange {
    private DaemonChange() {
    }

    /** Whether a reload is enough: nothing but files it reads at a reload has changed. */
    static boolean isReload(DaemonSpec from, DaemonSpec to) {
        return to.reload() != 0 && withoutFiles(from).equals(withoutFiles(to)) && to.reloadOn().containsAll(changed(from.files(), to.files()));
    }

    private static DaemonSpec withoutFiles(DaemonSpec s) {
        return new DaemonSpec(s.id(), s.command(), s.environment(), s.folder(), Map.of(), s.reloadOn(), s.ready(), s.reload(), s.stop(), s.grace(),
                s.asRoot());
    }

    private static Set<Path> changed(Map<Path, String> from, Map<Path, String> to) {
        Set<Path> changed = new HashSet<>(from.keySet());
        changed.addAll(to.keySet());
        changed.removeIf(p -> from.containsKey(p) && from.get(p).equals(to.get(p)));
        return changed;
    }
}
