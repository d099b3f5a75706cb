package eu.conpaas.service.supervise;

import eu.conpaas.service.agent.DaemonSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts a daemon in a session of its own. Between this process and the daemon stands one fixed line of shell that writes the process id down
 * before it becomes the daemon, so that no moment exists in which a daemon runs that a restarted supervisor cannot find; names and arguments
 * reach it as positional parameters, never as text to interpret.
 */
final class Launcher {
    private static final String NOTE_PID = "echo \"$$\" > \"$0\" && exec \"$@\"";
    private final EngineUser user;
    private final Map<String, String> environment;

    /** @param environment added to each daemon's small clean environment */
    Launcher(EngineUser user, Map<String, String> environment) {
        this.user = user;
        this.environment = Map.copyOf(environment);
    }

    Process start(DaemonSpec spec, Path pidFile, Path log) throws IOException {
        EngineUser owner = owner(spec);
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", NOTE_PID, pidFile.toString()));
        command.addAll(owner.prefix());
        command.addAll(spec.command());
        if (spec.folder() != null) {
            owner.folder(spec.folder());
        }
        Files.createDirectories(log.getParent());
        Files.deleteIfExists(pidFile);
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null")).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (spec.folder() != null) {
            builder.directory(spec.folder().toFile());
        }
        Map<String, String> env = builder.environment();
        env.clear();
        env.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        env.put("LANG", "C.UTF-8");
        env.put("HOME", spec.folder() == null ? "/" : spec.folder().toString());
        env.putAll(environment);
        env.putAll(spec.environment());
        return builder.start();
    }

    /** Writes the daemon's files. */
    void writeFiles(DaemonSpec spec) throws IOException {
        for (Map.Entry<Path, String> file : spec.files().entrySet()) {
            AtomicFiles.write(file.getKey(), file.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8), owner(spec));
        }
    }

    private EngineUser owner(DaemonSpec spec) {
        return spec.asRoot() ? EngineUser.SELF : user;
    }
}
