package eu.conpaas.service.supervise;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.conpaas.api.ApiException;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** A process that starts a daemon and dies as by kill -9: {@code StartAndDie FOLDER}. */
final class StartAndDie {
    private StartAndDie() {
    }

    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        LocalSupervisor supervisor = new LocalSupervisor(folder.resolve("daemons"), folder.resolve("log"), EngineUser.SELF, Map.of());
        supervisor.apply("group", List.of(sleeper("sleeper")));
        Runtime.getRuntime().halt(137);
    }

    /** Where the classes it needs come from, however the tests were started. */
    static String classPath() {
        return Stream.of(StartAndDie.class, LocalSupervisor.class, ApiException.class, JsonMapper.class, JsonFactory.class, JsonInclude.class, Logger.class)
                .map(c -> Path.of(URI.create(c.getProtectionDomain().getCodeSource().getLocation().toString())).toString())
                .distinct().collect(Collectors.joining(File.pathSeparator));
    }

    static DaemonSpec sleeper(String id) {
        return new DaemonSpec(id, List.of("sleep", "1000"), Map.of(), null, Map.of(), List.of(), new Readiness.Alive(Duration.ofSeconds(5)), 0, 15,
                Duration.ofSeconds(5), false);
    }
}
