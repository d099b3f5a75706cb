package eu.conpaas.service.php.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceState;
import eu.conpaas.service.php.PhpServiceType;
import eu.conpaas.service.php.internal.PhpPlanner;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.DescriptorReader;
import eu.conpaas.service.web.Release;
import eu.conpaas.service.web.plan.Weights;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhpChangesTest {
    private static final PhpPlanner PLANNER = new PhpPlanner(DescriptorReader.of(PhpServiceType.class));
    private static final List<CodeVersion> VERSIONS = List.of(new CodeVersion("code-a", "a.tar", "tar", "", Instant.EPOCH, "0a", 1),
            new CodeVersion("code-b", "b.tar", "tar", "", Instant.EPOCH, "0b", 1));
    private final DesiredState running = PLANNER.initial().withGoal(Goal.RUNNING).withCounts(Map.of("proxy", 1, "web", 0, "backend", 2))
            .withPlacement(List.of(new Placement("p", Set.of("proxy", "web"), "c"), new Placement("b1", Set.of("backend"), "c"),
                    new Placement("b2", Set.of("backend"), "c")));

    private DesiredState change(DesiredState now, String method, Map<String, Object> arguments) {
        return PLANNER.change(new ChangeRequest(method, arguments, ServiceState.RUNNING, VERSIONS), now).wanted();
    }

    private ErrorCode refused(String method, Map<String, Object> arguments, ServiceState state) {
        return assertThrows(ApiException.class, () -> PLANNER.change(new ChangeRequest(method, arguments, state, VERSIONS), running)).error().code();
    }

    private static List<String> ids(List<PlanStep> steps) {
        return steps.stream().map(PlanStep::id).toList();
    }

    @Test
    void activationIsDistributedWarmedAndSwitchedOnce() {
        DesiredState to = change(running, "update_php_configuration", Map.of("codeVersionId", "code-a"));
        assertEquals("code-a", to.codeVersion());
        assertEquals(Release.DEFAULT, to.previousCode());
        assertEquals(List.of("distribute:p", "distribute:b1", "distribute:b2", "switch"), ids(PLANNER.steps(running, to, Set.of())));
        DesiredState back = change(to, "rollback", Map.of());
        assertEquals(Release.DEFAULT, back.codeVersion());
        assertEquals("code-a", back.previousCode());
        assertTrue(PLANNER.steps(to, change(to, "update_php_configuration", Map.of("codeVersionId", "code-a")), Set.of()).isEmpty());
    }

    @Test
    void settingsStartASecondPairOnEachBackend() {
        DesiredState to = change(running, "toggle_debug", Map.of());
        assertEquals("On", to.settings().get("display_errors"));
        assertEquals("Off", change(to, "toggle_debug", Map.of()).settings().get("display_errors"));
        assertEquals(List.of("prepare:b1", "prepare:b2", "warm:b1", "warm:b2", "switch", "retire:b1", "retire:b2"), ids(PLANNER.steps(running, to, Set.of())));
        assertEquals(List.of("prepare:b2", "warm:b2", "switch", "retire:b2"), ids(PLANNER.steps(running, to, Set.of("b1"))));
        assertTrue(PLANNER.steps(running, change(running, "set_debug", Map.of("state", "off")), Set.of()).isEmpty(), "the default is no change");
        assertNull(change(to, "set_php_setting", Map.of("name", "display_errors")).settings().get("display_errors"));
    }

    @Test
    void persistentFoldersMakeAnotherRelease() {
        DesiredState to = change(running, "update_php_configuration", Map.of("phpconf", Map.of("persistent_paths", "data, conf/local, .private")));
        assertEquals(List.of("data", "conf/local", ".private"), Release.of(to).persistent());
        assertNotEquals(Release.of(running).name(), Release.of(to).name());
        assertTrue(ids(PLANNER.steps(running, to, Set.of())).contains("distribute:b1"));
        assertFalse(ids(PLANNER.steps(running, to, Set.of())).contains("prepare:b1"));
        assertTrue(PLANNER.needsConfirmation(running, to, false));
        assertFalse(PLANNER.needsConfirmation(running, to, true));
        assertFalse(PLANNER.warnings(running, to, false).isEmpty());
        assertFalse(PLANNER.needsConfirmation(to, to.withCounts(Map.of("proxy", 1, "web", 0, "backend", 1)), false), "fewer is safer");
    }

    @Test
    void wrongSettingsAreRefused() {
        for (Map<String, String> wrong : List.of(Map.of("memory_limit", "lots"), Map.of("no_such", "1"), Map.of("display_errors", "on"),
                Map.of("persistent_paths", "../x"), Map.of("persistent_paths", "/x"), Map.of("persistent_paths", ".. "), Map.of("persistent_paths", "a,a/b"),
                Map.of("disable_functions", "exec\nuser=root"), Map.of("max_execution_time", "-1"))) {
            ErrorCode code = refused("update_php_configuration", Map.of("phpconf", wrong), ServiceState.RUNNING);
            assertTrue(code == ErrorCode.INVALID_ARGUMENT || code == ErrorCode.UNEXPECTED_ARGUMENT, wrong.toString());
        }
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused("update_php_configuration", Map.of("codeVersionId", "code-x"), ServiceState.RUNNING));
        assertEquals(ErrorCode.MISSING_ARGUMENT, refused("update_php_configuration", Map.of(), ServiceState.RUNNING));
        assertEquals(ErrorCode.WRONG_STATE, refused("toggle_debug", Map.of(), ServiceState.ADAPTING));
        assertEquals(ErrorCode.CONFLICT, refused("rollback", Map.of(), ServiceState.RUNNING));
    }

    @Test
    void environmentIsSetWholeOrByName() {
        DesiredState one = change(running, "set_environment", Map.of("name", "MYSQL_IP", "value", "10.0.0.1"));
        assertEquals(Map.of("MYSQL_IP", "10.0.0.1"), one.environment());
        assertEquals(Map.of("A", "b"), change(one, "set_environment", Map.of("environment", Map.of("A", "b"))).environment());
        assertEquals(Map.of(), change(one, "set_environment", Map.of("name", "MYSQL_IP")).environment());
        assertTrue(ids(PLANNER.steps(running, one, Set.of())).contains("prepare:b1"));
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused("set_environment", Map.of("name", "LD_PRELOAD", "value", "x"), ServiceState.RUNNING));
    }

    @Test
    void severalProxiesNeedTheOtherRolesApart() {
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused("add_nodes", Map.of("proxy", 1), ServiceState.RUNNING));
        assertEquals(Map.of("proxy", 2, "web", 1, "backend", 3), change(running, "add_nodes", Map.of("proxy", 1, "web", 1, "backend", 1)).counts());
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused("remove_nodes", Map.of("backend", 3), ServiceState.RUNNING));
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused("remove_nodes", Map.of("proxy", 1), ServiceState.RUNNING));
        assertEquals(ErrorCode.UNEXPECTED_ARGUMENT, refused("add_nodes", Map.of("count", 1), ServiceState.RUNNING));
        assertEquals(ErrorCode.MISSING_ARGUMENT, refused("add_nodes", Map.of(), ServiceState.RUNNING));
    }

    @Test
    void weightsAreOneMapChange() {
        DesiredState to = change(running, "update_nodes_weight", Map.of("backend", Map.of("b1", 200)));
        assertEquals(200, Weights.of(to, "backend", "b1"));
        assertEquals(Weights.USUAL, Weights.of(to, "backend", "b2"));
        assertEquals(List.of("switch"), ids(PLANNER.steps(running, to, Set.of())));
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused("update_nodes_weight", Map.of("backend", Map.of("p", 10)), ServiceState.RUNNING));
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused("update_nodes_weight", Map.of("backend", Map.of("b1", 0)), ServiceState.RUNNING));
    }
}
