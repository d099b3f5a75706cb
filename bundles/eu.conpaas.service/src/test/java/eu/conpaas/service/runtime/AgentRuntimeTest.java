package eu.conpaas.service.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeContext;
import eu.conpaas.api.NodeKind;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.manager.ConfigurationHash;
import eu.conpaas.service.supervise.Await;
import eu.conpaas.service.supervise.EngineUser;
import eu.conpaas.service.supervise.LocalSupervisor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentRuntimeTest {
    private static final String SCRIPT = "echo \"hello from the script of $DB_IP\"\n";
    @TempDir
    Path folder;
    private LocalSupervisor supervisor;
    private Environment environment;
    private AgentRuntime agent;
    private int fetched;

    /** Runs one daemon whose argument is the configuration's. */
    private static final class Sleeper implements ServiceAgent {
        @Override
        public List<DaemonSpec> apply(String role, Map<String, Object> configuration) throws IOException {
            if (configuration.containsKey("fail")) {
                throw new IOException("cannot do that");
            }
            return List.of(new DaemonSpec(role, List.of("sleep", configuration.get("seconds").toString()), Map.of(), null, Map.of(), List.of(),
                    new Readiness.Alive(Duration.ofSeconds(5)), 0, 15, Duration.ofSeconds(1), false));
        }

        @Override
        public Map<String, Object> call(String method, Map<String, Object> arguments) {
            return Map.of("echo", method);
        }
    }

    @BeforeEach
    void open() throws IOException {
        NodeFolders folders = new NodeFolders(folder);
        folders.make(EngineUser.SELF);
        supervisor = new LocalSupervisor(folders.daemons(), folders.logs(), EngineUser.SELF, Map.of());
        NodeContext context = new NodeContext("n1", NodeKind.AGENT, "demo", 1, 1, 1, 0, "https://127.0.0.1:1", "127.0.0.1", 0, null, 10, 3);
        ContentCache cache = new ContentCache(folders.content(), (sha, to) -> {
            fetched++;
            to.write(SCRIPT.getBytes(StandardCharsets.UTF_8));
        }, 1000);
        environment = new Environment(context, folders, EngineUser.SELF, supervisor, cache);
        agent = new AgentRuntime(environment, new Sleeper(), EngineUser.SELF);
    }

    @AfterEach
    void clean() {
        agent.end();
        agent.close();
        supervisor.close();
    }

    private void restart() throws IOException {
        agent.close();
        supervisor.close();
        open();
    }

    private static Map<String, Object> seconds(int seconds) {
        return Map.of("seconds", seconds);
    }

    @Test
    void configuringTwiceIsOnce() {
        agent.configure(1, "role", seconds(1000), null);
        long pid = supervisor.pid("role").orElseThrow();
        agent.configure(1, "role", seconds(1000), null);
        assertEquals(pid, supervisor.pid("role").orElseThrow());
        assertEquals(ConfigurationHash.of(seconds(1000)), agent.status(1).roles().get("role").hash());
        assertTrue(agent.status(1).roles().get("role").ready());
    }

    @Test
    void aNewRuntimeHasTheSameRolesAndDaemons() throws IOException {
        agent.configure(3, "role", seconds(1000), null);
        long pid = supervisor.pid("role").orElseThrow();
        restart();
        Await.until("role is up", () -> agent.status(3).roles().get("role").ready());
        assertEquals(pid, supervisor.pid("role").orElseThrow());
        assertEquals(ErrorCode.STALE_EPOCH, assertThrows(ApiException.class, () -> agent.status(2)).error().code());
    }

    @Test
    void anOverthrownManagerIsRefused() {
        agent.configure(2, "role", seconds(1000), null);
        ApiException e = assertThrows(ApiException.class, () -> agent.release(1, "role"));
        assertEquals(ErrorCode.STALE_EPOCH, e.error().code());
        assertTrue(supervisor.pid("role").isPresent());
    }

    @Test
    void releaseForgets() throws IOException {
        agent.configure(1, "role", seconds(1000), null);
        agent.release(1, "role");
        agent.release(1, "role");
        assertTrue(agent.status(1).roles().isEmpty());
        restart();
        assertTrue(agent.status(1).roles().isEmpty());
        assertTrue(supervisor.groups().isEmpty());
    }

    @Test
    void aFailedConfigurationIsSaidAndCanBeCorrected() {
        ApiException e = assertThrows(ApiException.class, () -> agent.configure(1, "role", Map.of("fail", true), null));
        assertEquals(ErrorCode.STEP_FAILED, e.error().code());
        assertFalse(agent.status(1).roles().get("role").ready());
        assertTrue(agent.trouble().contains("cannot do that"));
        agent.configure(1, "role", seconds(1000), null);
        assertTrue(agent.status(1).roles().get("role").ready());
        assertEquals(Map.of("echo", "x"), agent.call(1, "x", Map.of()));
    }

    @Test
    void theStartupScriptRunsOnceAndBeforeAnyRole() throws Exception {
        String sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(SCRIPT.getBytes(StandardCharsets.UTF_8)));
        agent.configure(1, "one", seconds(1000), new StartupScript.Order(sha, Map.of("DB_IP", "10.0.0.1 '$x")));
        agent.configure(1, "two", seconds(1000), new StartupScript.Order(sha, Map.of("DB_IP", "10.0.0.1 '$x")));
        Path log = environment.folders().logs().resolve("startup.log");
        assertEquals("hello from the script of 10.0.0.1 '$x\n", Files.readString(log));
        assertEquals(1, fetched);
        NodeLogs logs = new NodeLogs(environment.folders().logs(), Map::of);
        assertEquals("1 '$x\n", logs.read("startup", -6, 100).text());
    }

    @Test
    void contentOfTheWrongHashIsRefused() {
        assertThrows(IOException.class, () -> environment.content("0".repeat(64)));
        assertThrows(IllegalArgumentException.class, () -> environment.content("../../etc/passwd"));
    }

    @Test
    void samplesItsOwnProcesses() {
        agent.configure(1, "role", seconds(1000), null);
        Metrics metrics = new Metrics();
        metrics.add(new NodeSampler(supervisor).sample());
        assertTrue(metrics.latest().get("processes") >= 2);
        assertTrue(metrics.latest().get("memory") > 1_000_000);
        assertTrue(metrics.prometheus(Map.of("node", "n\"1")).contains("conpaas_processes{node=\"n\\\"1\"} "));
    }
}
