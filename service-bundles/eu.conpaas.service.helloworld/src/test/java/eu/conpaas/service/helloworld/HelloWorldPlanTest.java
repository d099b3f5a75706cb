package eu.conpaas.service.helloworld;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ServiceState;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.PlanFacts;
import eu.conpaas.service.plan.Planned;
import eu.conpaas.service.plan.Planner;
import eu.conpaas.service.plan.ServicePlanner;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the service's requests mean: no node, no engine and no director is needed to know. */
class HelloWorldPlanTest {
    private final HelloWorldType type = new HelloWorldType();
    private final ServicePlanner planner = type.planner();

    private Planned plan(String method, Map<String, Object> arguments, ServiceState state) {
        ChangeRequest request = new ChangeRequest(method, arguments, state, List.of());
        return Planner.plan(planner, planner.initial(), planner.change(request, planner.initial()), PlanFacts.on("default"));
    }

    @Test
    void theDescriptorIsValid() {
        assertEquals("helloworld", type.descriptor().id());
        assertEquals("helloworld", type.descriptor().roles().getFirst().id());
        assertEquals("count", type.descriptor().countParameter("add_nodes", "helloworld"));
    }

    @Test
    void startMakesOneNode() {
        Planned planned = plan("startup", Map.of(), ServiceState.INIT);
        assertEquals(List.of(List.of("helloworld")), planned.target().placement().stream().map(p -> List.copyOf(p.roles())).toList());
        assertEquals(1, planned.plan().creditsNow());
    }

    @Test
    void nodesAreCounted() {
        assertThrows(ApiException.class, () -> plan("add_nodes", Map.of("count", 99), ServiceState.RUNNING));
    }
}
