package eu.conpaas.service.supervise;

import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is on disk of a daemon, written before it is started, so that nothing runs that a restarted supervisor does not know of.
 *
 * @param group   group it belongs to
 * @param spec    what to run
 * @param world   boot and process namespace it was started in
 * @param started ticks after boot when it was about to be started
 */
record StoredDaemon(String group, DaemonSpec spec, String world, long started) {
    private static final JsonMapper JSON = new JsonMapper();

    void write(Path file) throws IOException {
        AtomicFiles.write(file, JSON.writeValueAsBytes(new Form(group, world, started, spec.id(), spec.command(), spec.environment(), text(spec.folder()),
                strings(spec.files()), spec.reloadOn().stream().map(Path::toString).toList(), readiness(spec.ready()), spec.reload(), spec.stop(),
                spec.grace().toMillis(), spec.asRoot())), EngineUser.SELF);
    }

    static StoredDaemon read(Path file) throws IOException {
        Form f = JSON.readValue(Files.readAllBytes(file), Form.class);
        Map<Path, String> files = new LinkedHashMap<>();
        f.files.forEach((p, text) -> files.put(Path.of(p), text));
        return new StoredDaemon(f.group, new DaemonSpec(f.id, f.command, f.environment, f.folder == null ? null : Path.of(f.folder), files,
                f.reloadOn.stream().map(Path::of).toList(), readiness(f.ready), f.reload, f.stop, Duration.ofMillis(f.grace), f.asRoot),
                f.world, f.started);
    }

    private static Ready readiness(Readiness readiness) {
        long within = readiness.within().toMillis();
        return switch (readiness) {
            case Readiness.Tcp tcp -> new Ready("tcp", tcp.address().getHostString(), tcp.address().getPort(), null, within);
            case Readiness.Unix unix -> new Ready("unix", null, 0, unix.socket().toString(), within);
            case Readiness.Http http -> new Ready("http", http.address().getHostString(), http.address().getPort(), http.path(), within);
            case Readiness.Alive ignored -> new Ready("alive", null, 0, null, within);
        };
    }

    private static Readiness readiness(Ready ready) {
        Duration within = Duration.ofMillis(ready.within);
        return switch (ready.kind) {
            case "tcp" -> new Readiness.Tcp(new InetSocketAddress(ready.host, ready.port), within);
            case "unix" -> new Readiness.Unix(Path.of(ready.path), within);
            case "http" -> new Readiness.Http(new InetSocketAddress(ready.host, ready.port), ready.path, within);
            default -> new Readiness.Alive(within);
        };
    }

    private static String text(Path path) {
        return path == null ? null : path.toString();
    }

    private static Map<String, String> strings(Map<Path, String> files) {
        Map<String, String> strings = new LinkedHashMap<>();
        files.forEach((p, text) -> strings.put(p.toString(), text));
        return strings;
    }

    /** The form on disk. */
    record Form(String group, String world, long started, String id, List<String> command, Map<String, String> environment, String folder,
            Map<String, String> files, List<String> reloadOn, Ready ready, int reload, int stop, long grace, boolean asRoot) {
    }

    /** The form of a readiness on disk. */
    record Ready(String kind, String host, int port, String path, long within) {
    }
}
