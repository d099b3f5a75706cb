package eu.conpaas.service.supervise;

import static eu.conpaas.service.supervise.StartAndDie.sleeper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSupervisorTest {
    private static final String GROUP = "group";
    @TempDir
    Path folder;
    private LocalSupervisor supervisor;

    @BeforeEach
    void open() {
        supervisor = new LocalSupervisor(folder.resolve("daemons"), folder.resolve("log"), EngineUser.SELF, Map.of("FROM_NODE", "token"));
    }

    @AfterEach
    void clean() {
        supervisor.groups().forEach(supervisor::stop);
        supervisor.close();
    }

    private DaemonSpec script(String id, String script, Map<Path, String> files, List<Path> reloadOn, int reload, Duration grace) {
        return new DaemonSpec(id, List.of("sh", "-c", script), Map.of("OWN", "value"), folder, files, reloadOn, new Readiness.Alive(Duration.ofSeconds(5)), reload,
                15, grace, false);
    }

    private long pid(String id) {
        return supervisor.pid(id).orElseThrow();
    }

    private String log(String id) {
        try {
            return Files.readString(folder.resolve("log/" + id + ".log"));
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void runsInASessionOfItsOwnWithACleanEnvironment() {
        supervisor.apply(GROUP, List.of(script("env", "env; exec sleep 1000", Map.of(), List.of(), 0, Duration.ofSeconds(1))));
        long pid = pid("env");
        assertEquals(pid, Proc.stat(pid).orElseThrow().session());
        Await.until("environment in the log", () -> log("env").contains("OWN=value"));
        assertTrue(log("env").contains("FROM_NODE=token"));
        assertFalse(log("env").contains("JAVA_HOME"));
        assertTrue(supervisor.health(GROUP).get("env").ready());
    }

    @Test
    void startsADaemonAgainThatWasKilled() {
        supervisor.apply(GROUP, List.of(sleeper("victim")));
        long first = pid("victim");
        Signals.send(Signals.KILL, List.of(first));
        long second = Await.until("another pid", () -> supervisor.pid("victim").filter(p -> p != first).orElse(null));
        assertNotEquals(first, second);
        assertEquals(1, supervisor.health(GROUP).get("victim").restarts());
    }

    @Test
    void applyingTheSameAgainChangesNothing() {
        supervisor.apply(GROUP, List.of(sleeper("same")));
        long pid = pid("same");
        supervisor.apply(GROUP, List.of(sleeper("same")));
        assertEquals(pid, pid("same"));
    }

    @Test
    void stopsDaemonsThatAreNoLongerWanted() {
        supervisor.apply(GROUP, List.of(sleeper("one"), sleeper("two")));
        long two = pid("two");
        supervisor.apply(GROUP, List.of(sleeper("one")));
        assertTrue(supervisor.pid("two").isEmpty());
        assertTrue(Proc.stat(two).isEmpty());
    }

    @Test
    void aNewSupervisorTakesOver() {
        supervisor.apply(GROUP, List.of(sleeper("kept")));
        long pid = pid("kept");
        supervisor.close();
        open();
        assertEquals(pid, pid("kept"));
        supervisor.stop(GROUP);
        assertTrue(Proc.stat(pid).filter(Proc.Stat::isAlive).isEmpty());
        assertTrue(supervisor.groups().isEmpty());
    }

    @Test
    void findsDaemonsOfAJvmThatWasKilled() throws Exception {
        Process jvm = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp", StartAndDie.classPath(),
                StartAndDie.class.getName(), folder.toString()).inheritIO().start();
        assertEquals(137, jvm.waitFor());
        supervisor.close();
        open();
        long pid = pid("sleeper");
        assertTrue(Proc.stat(pid).orElseThrow().isAlive());
        Signals.send(Signals.KILL, List.of(pid));
        Await.until("started again though not our child", () -> supervisor.pid("sleeper").filter(p -> p != pid).isPresent());
    }

    @Test
    void startsWhatDiedWhileNobodyWatched() {
        supervisor.apply(GROUP, List.of(sleeper("lost")));
        long pid = pid("lost");
        supervisor.close();
        Signals.send(Signals.KILL, List.of(pid));
        Await.until("dead", () -> Proc.stat(pid).filter(Proc.Stat::isAlive).isEmpty());
        open();
        Await.until("started again", () -> supervisor.pid("lost").filter(p -> p != pid).isPresent());
    }

    @Test
    void killsTheWholeSessionOfOneThatWillNotStop() {
        supervisor.apply(GROUP, List.of(script("stubborn", "trap '' TERM; sleep 1000 & echo ready; wait; sleep 1000", Map.of(), List.of(), 0,
                Duration.ofMillis(50))));
        Await.until("its child", () -> log("stubborn").contains("ready"));
        long pid = pid("stubborn");
        supervisor.stop(GROUP);
        assertTrue(Proc.session(pid).isEmpty());
    }

    @Test
    void reloadsOrRestartsByWhichFileChanged() {
        Path soft = folder.resolve("conf/soft");
        Path hard = folder.resolve("conf/hard");
        String script = "trap 'echo reloaded' HUP; echo up; while true; do sleep 0.05; done";
        supervisor.apply(GROUP, List.of(script("files", script, Map.of(soft, "1", hard, "1"), List.of(soft), 1, Duration.ofSeconds(1))));
        Await.until("up", () -> log("files").contains("up"));
        long pid = pid("files");
        supervisor.apply(GROUP, List.of(script("files", script, Map.of(soft, "2", hard, "1"), List.of(soft), 1, Duration.ofSeconds(1))));
        Await.until("reload", () -> log("files").contains("reloaded"));
        assertEquals(pid, pid("files"));
        supervisor.apply(GROUP, List.of(script("files", script, Map.of(soft, "2", hard, "2"), List.of(soft), 1, Duration.ofSeconds(1))));
        assertNotEquals(pid, pid("files"));
    }

    @Test
    void saysWhatTheLogOfAFailingDaemonSays() {
        DaemonSpec broken = new DaemonSpec("broken", List.of("sh", "-c", "echo out of luck; exit 3"), Map.of(), folder, Map.of(), List.of(),
                new Readiness.Unix(folder.resolve("never"), Duration.ofSeconds(10)), 0, 15, Duration.ofSeconds(1), false);
        ApiException e = assertThrows(ApiException.class, () -> supervisor.apply(GROUP, List.of(broken)));
        assertEquals(ErrorCode.STEP_FAILED, e.error().code());
        assertTrue(e.getMessage().contains("out of luck"), e.getMessage());
        assertFalse(supervisor.health(GROUP).get("broken").ready());
    }

    @Test
    void cutsLogs() throws IOException {
        Path log = folder.resolve("big.log");
        Files.writeString(log, "x".repeat(1000));
        LogFiles.bound(log, 100);
        assertEquals(0, Files.size(log));
        assertEquals(1000, Files.size(folder.resolve("big.log.1")));
        assertEquals(new LogFiles.Piece("", 0, 0, 0), LogFiles.read(log, 500, 10));
    }
}
