package eu.conpaas.service.runtime;

import eu.conpaas.service.supervise.AtomicFiles;
import eu.conpaas.service.supervise.EngineUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's start-up script: run once on a node, before it gets its first role, so on nodes made after the upload only. Its output is the
 * node's log {@code startup}. A script that fails does not keep the node from serving, as in 1.3.1.
 */
final class StartupScript {
    private static final Logger LOG = LoggerFactory.getLogger(StartupScript.class);
    private static final int MINUTES = 10;
    private final Environment environment;
    private final EngineUser user;
    private final Path mark;

    /** @param user who the script runs as */
    StartupScript(Environment environment, EngineUser user) {
        this.environment = environment;
        this.user = user;
        this.mark = environment.folders().secret().resolve("startup-done");
    }

    /**
     * What to run.
     *
     * @param sha256      the script in the content store
     * @param environment its variables beside those of every process; null: none
     */
    public record Order(String sha256, Map<String, String> environment) {
        public Order {
            environment = environment == null ? Map.of() : Map.copyOf(environment);
        }
    }

    /** @param order null if there is none */
    synchronized void runOnce(Order order) throws IOException {
        if (Files.exists(mark)) {
            return;
        }
        if (order != null) {
            run(order);
        }
        AtomicFiles.write(mark, order == null ? "none" : order.sha256());
    }

    private void run(Order order) throws IOException {
        Path script = environment.folder().resolve("startup.sh");
        Files.copy(environment.content(order.sha256()), script, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(script, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        user.give(script);
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(user.prefix());
        command.addAll(interpreter(script));
        ProcessBuilder builder = new ProcessBuilder(command).directory(environment.folder().toFile()).redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(environment.folders().logs().resolve("startup.log").toFile()));
        builder.environment().clear();
        builder.environment().putAll(order.environment());
        builder.environment().putAll(Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG", "C.UTF-8",
                "HOME", environment.folder().toString()));
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                LOG.warn("the start-up script was ended after {} minutes", MINUTES);
            } else if (process.exitValue() != 0) {
                LOG.warn("the start-up script ended with {}; see the log 'startup'", process.exitValue());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> interpreter(Path script) throws IOException {
        try (var in = Files.newInputStream(script)) {
            byte[] head = in.readNBytes(2);
            return head.length == 2 && head[0] == '#' && head[1] == '!' ? List.of(script.toString()) : List.of("sh", script.toString());
        }
    }
}
