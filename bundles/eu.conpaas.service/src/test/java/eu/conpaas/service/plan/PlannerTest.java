package eu.conpaas.service.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final String JSON = """
            {"id": "demo", "title": "Demo", "group": "Tests", "description": "For tests.",
             "roles": [{"id": "front", "title": "Front", "min": 1, "initial": 1, "max": 2}, {"id": "back", "title": "Back", "min": 1, "initial": 2, "max": 4}],
             "settings": [{"id": "limit", "type": "size", "defaultValue": "64M"}],
             "methods": [{"name": "poke", "verb": "POST", "kind": "query", "params": [{"name": "times", "type": "integer", "required": true}]}]}
            """;
    private final ServicePlanner planner = () -> read(JSON);

    private static eu.conpaas.api.ServiceDescriptor read(String json) {
        try {
            return DescriptorReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Planned start() {
        ChangeRequest request = new ChangeRequest("startup", Map.of(), ServiceState.INIT, List.of());
        return Planner.plan(planner, planner.initial(), planner.change(request, planner.initial()), PlanFacts.on("default"));
    }

    private static DesiredState named(DesiredState state) {
        List<Placement> placement = state.placement().stream().map(p -> new Placement(p.node().replace("new-", "n"), p.roles(), p.cloud())).toList();
        return state.withPlacement(placement);
    }

    @Test
    void startMakesTheInitialNodes() {
        Planned planned = start();
        assertEquals(3, planned.target().placement().size());
        assertEquals(3, planned.plan().creditsNow());
        assertEquals(1, planned.plan().creditsPerHourNow());
        assertEquals(4, planned.plan().creditsPerHour());
        assertEquals(2, planned.target().version());
        assertEquals(List.of("create-node", "configure", "check", "switch"), planned.plan().steps().stream().map(PlanStep::kind).distinct().toList());
        assertEquals(planned, start());
    }

    @Test
    void replacementInheritsThePaidHour() {
        DesiredState now = named(start().target());
        Planned planned = Planner.replace(planner, now, PlanFacts.on("default").withDead(Set.of("n2")));
        assertEquals(0, planned.plan().creditsNow());
        assertTrue(planned.plan().steps().stream().noneMatch(s -> "n2".equals(s.node()) && s.actor() == PlanStep.Actor.MANAGER));
        assertTrue(planned.plan().steps().stream().anyMatch(s -> s.id().equals("remove-node:n2")));
    }

    @Test
    void pastRunsGiveTheDuration() {
        PlanFacts facts = new PlanFacts("default", Set.of(), Set.of(), false, 1, Map.of("create-node", 10.0, "configure", 1.0, "configure:back", 7.0));
        ChangeRequest request = new ChangeRequest("startup", Map.of(), ServiceState.INIT, List.of());
        Planned planned = Planner.plan(planner, planner.initial(), planner.change(request, planner.initial()), facts);
        assertEquals(10 + 7 + 0.5 + 0.5, planned.plan().seconds(), 0.01);
    }

    @Test
    void terminateOnlyGoesForward() {
        Planned planned = Planner.terminate(planner, named(start().target()), List.of("n1", "m"), PlanFacts.on("default"));
        assertTrue(planned.plan().steps().getFirst().isSwitch());
        assertEquals(0, planned.plan().creditsPerHour());
    }

    @Test
    void argumentsAreCheckedAndConverted() {
        var poke = CommonMethods.find(planner.descriptor(), "poke");
        assertEquals(Map.of("times", 3), Arguments.check(poke, Map.of("times", "3")));
        assertEquals(ErrorCode.MISSING_ARGUMENT, code(() -> Arguments.check(poke, Map.of())));
        assertEquals(ErrorCode.UNEXPECTED_ARGUMENT, code(() -> Arguments.check(poke, Map.of("times", 1, "x", 1))));
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> Arguments.check(poke, Map.of("times", "many"))));
        assertEquals(ErrorCode.NOT_FOUND, code(() -> CommonMethods.find(planner.descriptor(), "nothing")));
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> SettingValues.check(planner.descriptor(), Map.of("limit", "big"))));
        assertEquals(Map.of("limit", "64M"), SettingValues.effective(planner.descriptor(), Map.of()));
    }

    @Test
    void aWrongDescriptorNamesItsField() {
        assertTrue(wrong("\"max\": 2", "\"max\": 0").contains("roles.front.min"));
        assertTrue(wrong("\"verb\": \"POST\"", "\"verb\": \"PUT\"").contains("methods.poke.verb"));
        assertTrue(wrong("\"64M\"", "\"lots\"").contains("settings.limit.defaultValue"));
        assertTrue(wrong("\"group\"", "\"grupo\"").contains("grupo"));
        assertTrue(wrong("\"initial\": 2", "\"initial\": \"two\"").contains("roles[1].initial"));
    }

    private static String wrong(String what, String by) {
        return assertThrows(IllegalArgumentException.class, () -> read(JSON.replace(what, by))).getMessage();
    }

    private static ErrorCode code(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(ApiException.class, call).error().code();
    }
}
