package eu.conpaas.service.mysql.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceState;
import eu.conpaas.service.mysql.GaleraServiceType;
import eu.conpaas.service.mysql.MysqlServiceType;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.PlanFacts;
import eu.conpaas.service.plan.Planned;
import eu.conpaas.service.plan.Planner;
import eu.conpaas.service.plan.ServicePlanner;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What requests and deaths mean: no server is needed to know. */
class MysqlPlanTest {
    private final ServicePlanner planner = new MysqlServiceType().planner();
    private final PlanFacts facts = new PlanFacts("default", Set.of(), Set.of(), true, 1, Map.of());

    private Planned plan(String method, Map<String, Object> arguments, DesiredState now, ServiceState state) {
        return Planner.plan(planner, now, planner.change(new ChangeRequest(method, arguments, state, List.of()), now), facts);
    }

    /** A running service with nodes n-1, n-2, …, the first of them the master. */
    private static DesiredState running(int slaves) {
        List<Placement> placement = new java.util.ArrayList<>(List.of(new Placement("n-1", Set.of("masters"), "default")));
        for (int i = 0; i < slaves; i++) {
            placement.add(new Placement("n-" + (i + 2), Set.of("slaves"), "default"));
        }
        return DesiredState.initial(Map.of("masters", 1, "slaves", slaves), null).withGoal(DesiredState.Goal.RUNNING).withPlacement(placement);
    }

    private static List<String> ids(Planned planned) {
        return planned.plan().steps().stream().map(PlanStep::id).toList();
    }

    @Test
    void startMakesTheMaster() {
        Planned planned = plan("startup", Map.of(), planner.initial(), ServiceState.INIT);
        assertEquals(List.of("create-node:new-1", "configure:new-1:masters", "check:new-1:masters", "switch"), ids(planned));
        assertEquals(1, planned.plan().creditsNow());
        assertFalse(planned.plan().confirm());
    }

    @Test
    void replicasAreClonedBeforeTheyCount() {
        Planned planned = plan("add_nodes", Map.of("slaves", 2), running(0), ServiceState.RUNNING);
        assertEquals(List.of("create-node:new-1", "create-node:new-2", "clone:new-1:slaves", "clone:new-2:slaves", "check:new-1:slaves", "check:new-2:slaves",
                "switch"), ids(planned));
        assertEquals("n-1", planned.target().nodesWith("masters").getFirst());
    }

    @Test
    void theNewestReplicaLeavesAfterTheSwitch() {
        assertEquals(List.of("switch", "drain:n-3:slaves", "release:n-3:slaves", "remove-node:n-3"),
                ids(plan("remove_nodes", Map.of("slaves", 1), running(2), ServiceState.RUNNING)));
        assertThrows(ApiException.class, () -> plan("remove_nodes", Map.of("slaves", 3), running(2), ServiceState.RUNNING));
    }

    @Test
    void aDeadMasterIsRemovedBeforeAReplicaTakesOver() {
        Planned planned = Planner.replace(planner, running(2), facts.withDead(Set.of("n-1")));
        assertEquals(List.of("remove-node:n-1", "switch", "create-node:new-1", "clone:new-1:slaves", "check:new-1:slaves", "settle"), ids(planned));
        assertEquals(List.of("n-2"), planned.target().nodesWith("masters"));
        assertEquals(List.of("n-3", "new-1"), planned.target().nodesWith("slaves"));
        assertEquals(0, planned.plan().creditsNow(), "the hour of the dead node goes over");
    }

    @Test
    void aMasterThatDiesAloneIsRemovedBeforeAnotherTakesItsData() {
        Planned planned = Planner.replace(planner, running(0), facts.withDead(Set.of("n-1")));
        assertEquals(List.of("remove-node:n-1", "create-node:new-1", "configure:new-1:masters", "check:new-1:masters", "switch"), ids(planned));
    }

    @Test
    void aDeadReplicaIsReplaced() {
        Planned planned = Planner.replace(planner, running(2), facts.withDead(Set.of("n-2")));
        assertEquals(List.of("create-node:new-1", "clone:new-1:slaves", "check:new-1:slaves", "switch", "remove-node:n-2"), ids(planned));
        assertEquals(List.of("n-3", "new-1"), planned.target().nodesWith("slaves"));
    }

    @Test
    void masterAndReplicaChangePlaces() {
        Planned planned = plan("promote", Map.of("slave", "n-3"), running(2), ServiceState.RUNNING);
        assertEquals(List.of("switch"), ids(planned));
        assertEquals(List.of("n-3"), planned.target().nodesWith("masters"));
        assertEquals(List.of("n-1", "n-2"), planned.target().nodesWith("slaves"));
        assertEquals(List.of(), ids(plan("promote", Map.of("slave", "n-1"), running(2), ServiceState.RUNNING)));
        assertThrows(ApiException.class, () -> plan("promote", Map.of("slave", "n-9"), running(2), ServiceState.RUNNING));
        assertThrows(ApiException.class, () -> plan("promote", Map.of("slave", "n-2"), running(2), ServiceState.STOPPED));
    }

    @Test
    void stopKeepsTheMasterUntilReplicasHaveAll() {
        assertEquals(List.of("switch", "drain:n-2:slaves", "drain:n-1:masters", "release:n-2:slaves", "release:n-1:masters", "remove-node:n-1", "remove-node:n-2"),
                ids(plan("shutdown", Map.of(), running(1), ServiceState.RUNNING)));
    }

    @Test
    void aClusterIsPlannedLikeReplicas() {
        ServicePlanner galera = new GaleraServiceType().planner();
        assertEquals("galera", galera.descriptor().id());
        assertEquals(planner.descriptor().methods(), galera.descriptor().methods());
        DesiredState now = running(0);
        Planned planned = Planner.plan(galera, now, galera.change(new ChangeRequest("add_nodes", Map.of("slaves", 1), ServiceState.RUNNING, List.of()), now), facts);
        assertEquals(List.of("create-node:new-1", "clone:new-1:slaves", "check:new-1:slaves", "switch"), ids(planned));
        assertTrue(planned.plan().warnings().getFirst().startsWith("Of two servers neither can tell"));
        assertEquals(List.of("remove-node:n-2", "create-node:new-1", "clone:new-1:slaves", "check:new-1:slaves", "switch"),
                ids(Planner.replace(galera, running(2), facts.withDead(Set.of("n-2")))), "who may write is ended before anything else");
    }

    @Test
    void theModeIsChosenBeforeTheFirstStart() {
        Map<String, Object> galera = Map.of("name", "mode", "value", "galera");
        assertEquals(List.of(), ids(plan("set_mysql_setting", galera, planner.initial(), ServiceState.INIT)));
        for (ServiceState state : List.of(ServiceState.RUNNING, ServiceState.STOPPED)) {
            ApiException refused = assertThrows(ApiException.class, () -> plan("set_mysql_setting", galera, running(0), state));
            assertTrue(refused.error().next().contains("load_dump"), refused.error().next());
        }
        ServicePlanner only = new GaleraServiceType().planner();
        assertThrows(ApiException.class, () -> only.change(new ChangeRequest("set_mysql_setting", Map.of("name", "mode", "value", "replication"), ServiceState.INIT, List.of()),
                only.initial()));
    }

    @Test
    void withoutASharedFolderStopMustBeConfirmed() {
        DesiredState now = running(0);
        Planned planned = Planner.plan(planner, now, planner.change(new ChangeRequest("shutdown", Map.of(), ServiceState.RUNNING, List.of()), now),
                PlanFacts.on("default"));
        assertTrue(planned.plan().confirm());
        assertTrue(planned.plan().warnings().getFirst().contains("all its data are lost"));
    }
}
