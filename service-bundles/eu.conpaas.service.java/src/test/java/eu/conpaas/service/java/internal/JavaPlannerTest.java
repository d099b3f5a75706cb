package eu.conpaas.service.java.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceState;
import eu.conpaas.service.java.JavaServiceType;
import eu.conpaas.service.plan.ChangeRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JavaPlannerTest {
    private static final JavaPlanner PLANNER = new JavaPlanner(new JavaServiceType().descriptor());
    private final DesiredState running = PLANNER.initial().withGoal(Goal.RUNNING).withPlacement(List.of(new Placement("p", Set.of("proxy", "web", "backend"), "c")));

    private List<String> steps(String setting, String value) {
        DesiredState to = PLANNER.change(new ChangeRequest("set_java_setting", Map.of("name", setting, "value", value), ServiceState.RUNNING, List.of()), running).wanted();
        return PLANNER.steps(running, to, Set.of()).stream().map(PlanStep::id).toList();
    }

    @Test
    void settingsOfTheProxiesAreOneSwitchOthersStartASecondTomcat() {
        assertEquals(List.of("switch"), steps("old_versions", "0"));
        assertEquals(List.of("switch"), steps("static_files", "Off"));
        assertEquals(List.of("prepare:p", "warm:p", "switch", "retire:p"), steps("heap_size", "512M"));
        assertEquals(List.of(), steps("old_versions", "2"));
    }

    @Test
    void settingsHaveLimits() {
        for (Map.Entry<String, String> wrong : Map.of("heap_size", "99M", "max_threads", "501", "old_versions", "6", "garbage_collector", "g1 -Xmx9G",
                "request_timeout", "0", "max_post_size", "2G").entrySet()) {
            assertThrows(ApiException.class, () -> steps(wrong.getKey(), wrong.getValue()), wrong.toString());
        }
    }
}
