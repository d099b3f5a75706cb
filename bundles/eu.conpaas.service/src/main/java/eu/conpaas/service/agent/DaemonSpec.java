package eu.conpaas.service.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One daemon: what to run and how to know that it works.
 *
 * @param id        unique on the node, {@code [a-z0-9-]+}
 * @param command   argument list; never a shell line
 * @param environment added to a small clean environment
 * @param folder    working directory
 * @param files     files to write before it starts, by path; a change of one marked in {@code reloadOn} reloads, of any other restarts
 * @param reloadOn  files whose change is taken over by {@code reload}
 * @param ready     how to find out that it answers
 * @param reload    signal that makes it read its files again, or 0 if it cannot
 * @param stop      signal that stops it gracefully (15 SIGTERM, 3 SIGQUIT, 10 SIGUSR1, …)
 * @param grace     how long a graceful stop may take before it is killed
 * @param asRoot    whether it runs as root (where the node has it) instead of the engines' user
 */
public record DaemonSpec(String id, List<String> command, Map<String, String> environment, Path folder, Map<Path, String> files,
        List<Path> reloadOn, Readiness ready, int reload, int stop, Duration grace, boolean asRoot) {
    public DaemonSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        files = Map.copyOf(files);
        reloadOn = List.copyOf(reloadOn);
    }
}
