package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.CloudView;
import eu.conpaas.api.Costs;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeCost;
import eu.conpaas.api.Operation;
import eu.conpaas.api.PlanStep;
import eu.conpaas.client.Director;

/** What costs credits and where nodes are, for users and administrators; what was done to a service, and by whom meanwhile. */
class CostsTest {
    @TempDir
    Path folder;

    @Test
    void costsAreToldByServiceNodeAndCloud() throws Exception {
        try (Platform platform = new Platform(folder, 50); Director boss = platform.client(platform.administrator("chief"))) {
            long sid = platform.running();
            Costs costs = platform.client.costs();
            Costs.OfService service = costs.applications().getFirst().services().getFirst();
            assertEquals(new Costs.OfService(sid, "New demo service", "demo", 3, 3, 3, 3), service);
            assertEquals(3, costs.applications().getFirst().perHour());
            assertEquals(47, costs.credit().credit());
            Duration lasts = Duration.between(platform.clock.instant(), costs.credit().emptyAt());
            assertTrue(lasts.toHours() >= 15 && lasts.toHours() <= 17, lasts.toString());
            assertEquals(costs.applications(), boss.users().costs(platform.credentials.identity().uid()).applications());
            List<NodeCost> nodes = boss.users().nodes();
            assertEquals(3, nodes.size());
            assertTrue(nodes.stream().allMatch(n -> n.username().equals("ada") && n.service().equals("New demo service") && n.perHour() == 1 && n.spent() == 1));
            List<CloudView> seen = platform.client.clouds();
            assertEquals(List.of("default", "second"), seen.stream().map(CloudView::name).toList());
            assertEquals(3, seen.getFirst().nodes());
            assertNull(seen.getFirst().allNodes());
            assertTrue(seen.getFirst().usable());
            assertEquals("hostile", seen.getFirst().driver());
            assertEquals(0, boss.users().clouds().getFirst().nodes());
            assertEquals(3, boss.users().clouds().getFirst().allNodes());
            assertEquals(ErrorCode.FORBIDDEN, assertThrows(ApiException.class, () -> platform.client.users().nodes()).error().code());
        }
    }

    @Test
    void whoeverChangesWhatAnotherHasChangedMeanwhileIsToldByWhom() throws Exception {
        try (Platform platform = new Platform(folder, 50)) {
            long sid = platform.running();
            long seen = platform.client.services().get(sid).desired().version();
            assertFalse(platform.client.services().planFrom(sid, seen, "add_nodes", Map.of("back", 1)).plan().steps().isEmpty());
            Platform.require(platform.ended(platform.client.services().changeFrom(sid, seen, "add_nodes", Map.of("back", 1), false).operation()), Operation.State.DONE);
            for (boolean plan : new boolean[] {true, false}) {
                ApiException e = assertThrows(ApiException.class, () -> {
                    if (plan) {
                        platform.client.services().planFrom(sid, seen, "shutdown", Map.of());
                    } else {
                        platform.client.services().changeFrom(sid, seen, "shutdown", Map.of(), false);
                    }
                });
                assertEquals(ErrorCode.CONFLICT, e.error().code());
                assertTrue(e.error().cause().contains("version " + seen + ", now " + (seen + 1)) && e.error().cause().contains("ada: "), e.error().cause());
            }
            long now = platform.client.services().get(sid).desired().version();
            Platform.require(platform.ended(platform.client.services().changeFrom(sid, now, "shutdown", Map.of(), false).operation()), Operation.State.DONE);
            List<Operation> history = platform.client.services().operations(sid, null, 0);
            assertEquals(List.of("stop", "scale", "start", "create"), history.stream().map(Operation::kind).toList());
            assertEquals(List.of("start", "create"), platform.client.services().operations(sid, history.get(1).created(), 0).stream().map(Operation::kind).toList());
        }
    }

    @Test
    void whatIsLeftOfAnOperationComesFromItsSteps() throws Exception {
        try (Platform platform = new Platform(folder, 50)) {
            long sid = platform.created();
            platform.fleet.hang(step -> step.kind().equals("configure"));
            Operation begun = platform.client.services().change(sid, "startup", Map.of(), false).operation();
            Platform.await("a step hangs", () -> platform.client.operations().get(begun.id()).steps().values().stream().anyMatch(p -> p.state() == Operation.StepState.RUNNING));
            Operation under = platform.client.operations().get(begun.id());
            double whole = begun.remainingSeconds(begun.created());
            double left = under.remainingSeconds(Instant.now());
            assertTrue(left < whole && left >= 0, left + " of " + whole);
            assertTrue(whole <= begun.plan().steps().stream().mapToDouble(PlanStep::seconds).sum() + 0.001, "steps side by side count once");
            Operation cancelled = platform.ended(platform.client.operations().cancel(begun.id()));
            assertEquals(0, cancelled.remainingSeconds(Instant.now()));
        }
    }
}
