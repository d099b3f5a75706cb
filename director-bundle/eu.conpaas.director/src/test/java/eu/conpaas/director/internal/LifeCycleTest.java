package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Plan;
import eu.conpaas.api.ServiceDetail;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.StepKind;
import eu.conpaas.cloud.testkit.Call;
import eu.conpaas.cloud.testkit.Fault;

/** A service's life with a real director, real HTTPS and played nodes on a cloud that goes wrong when asked. */
class LifeCycleTest {
    @TempDir
    Path folder;

    @Test
    void fromCreationToTermination() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long sid = p.running();
            ServiceDetail detail = p.client.services().get(sid);
            assertEquals(ServiceState.RUNNING, detail.service().state());
            assertEquals(3, detail.nodes().size());
            String front = detail.desired().nodesWith("front").getFirst();
            assertEquals(detail.nodes().stream().filter(n -> n.id().equals(front)).findFirst().orElseThrow().vmid(), p.world.holder(detail.service().address()));
            Plan plan = p.client.services().plan(sid, "add_nodes", Map.of("back", 2)).plan();
            assertEquals(2, plan.creditsNow());
            Platform.require(p.ended(p.client.services().change(sid, "add_nodes", Map.of("back", 2), false).operation()), Operation.State.DONE);
            assertEquals(5, p.world.vms().size());
            assertEquals(45, p.client.credit().credit());
            Platform.require(p.ended(p.client.services().change(sid, "remove_nodes", Map.of("back", 2), false).operation()), Operation.State.DONE);
            assertEquals(3, p.world.vms().size());
            Platform.require(p.ended(p.client.services().change(sid, "shutdown", Map.of(), false).operation()), Operation.State.DONE);
            assertEquals(ServiceState.STOPPED, p.client.services().get(sid).service().state());
            Platform.require(p.ended(p.client.services().terminate(sid, true).operation()), Operation.State.DONE);
            assertEquals(0, p.world.vms().size());
            assertTrue(p.client.services().list().isEmpty());
            assertEquals(45, p.client.credit().credit());
        }
    }

    @Test
    void theSameRequestAgainGivesTheSameOperation() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            Operation made = p.ended(p.client.services().create(p.aid(), "demo", null, null, "make-1").operation());
            assertEquals(made.id(), p.client.services().create(p.aid(), "demo", null, null, "make-1").operation().id());
            assertEquals(1, p.client.services().list().size());
            long sid = made.sid();
            p.ended(p.client.services().change(sid, "startup", Map.of(), false).operation());
            Operation first = p.client.services().change(sid, "add_nodes", Map.of("back", 1), false, "one-more").operation();
            assertEquals(first.id(), p.client.services().change(sid, "add_nodes", Map.of("back", 1), false, "one-more").operation().id());
            Platform.require(p.ended(first), Operation.State.DONE);
            p.restart();
            assertEquals(first.id(), p.client.services().change(sid, "add_nodes", Map.of("back", 1), false, "one-more").operation().id());
            assertEquals(4, p.world.vms().size());
            ApiException other = assertThrows(ApiException.class, () -> p.client.services().create(p.aid(), "demo", null, null, "one-more"));
            assertEquals(ErrorCode.CONFLICT, other.error().code());
            assertThrows(ApiException.class, () -> p.client.services().change(sid, "add_nodes", Map.of("back", 1), false, "no id"));
        }
    }

    @Test
    void aFailureBeforeTheSwitchIsUndone() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long sid = p.running();
            p.fleet.fail(step -> step.kind().equals(StepKind.CHECK));
            Operation op = p.ended(p.client.services().change(sid, "add_nodes", Map.of("back", 1), false).operation());
            Platform.require(op, Operation.State.UNDONE);
            assertEquals("as asked", op.error().cause());
            assertEquals(ServiceState.RUNNING, p.client.services().get(sid).service().state());
            assertEquals(3, p.world.vms().size());
            assertEquals(1, p.client.services().get(sid).desired().counts().get("back"));
        }
    }

    @Test
    void aCloudWithoutRoomLeavesNothingBehind() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long sid = p.running();
            p.faults.next(Call.CREATE, Fault.CAPACITY);
            Operation op = p.ended(p.client.services().change(sid, "add_nodes", Map.of("back", 1), false).operation());
            Platform.require(op, Operation.State.UNDONE);
            assertEquals(ErrorCode.CLOUD, op.error().code());
            assertEquals(47, p.client.credit().credit());
            assertEquals(3, p.world.vms().size());
        }
    }

    @Test
    void lostAnswersAndDoubledVmsEndInOneVmForEachNode() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            p.faults.next(Call.CREATE, Fault.LOST_ANSWER, Fault.LOST_ORDER, Fault.THROTTLED);
            long sid = p.running();
            p.faults.next(Call.CREATE, Fault.TWICE);
            Platform.require(p.ended(p.client.services().change(sid, "add_nodes", Map.of("back", 1), false).operation()), Operation.State.DONE);
            Platform.await("the second VM is swept", () -> p.world.vms().size() == 4);
            p.faults.next(Call.TERMINATE, Fault.IGNORED, Fault.LOST_ORDER);
            Platform.require(p.ended(p.client.services().terminate(sid, true).operation()), Operation.State.DONE);
            assertEquals(0, p.world.vms().size());
        }
    }

    @Test
    void cancelBeforeTheSwitchUndoes() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long sid = p.running();
            p.fleet.hang(step -> step.kind().equals(StepKind.CONFIGURE));
            Operation op = p.client.services().change(sid, "add_nodes", Map.of("back", 1), false).operation();
            ApiException busy = assertThrows(ApiException.class, () -> p.client.services().change(sid, "shutdown", Map.of(), false));
            assertEquals(ErrorCode.WRONG_STATE, busy.error().code());
            assertTrue(busy.error().cause().contains(op.id()));
            p.client.operations().cancel(op.id());
            Platform.require(p.ended(op), Operation.State.UNDONE);
            assertEquals(3, p.world.vms().size());
        }
    }

    @Test
    void purgeEndsAllThereIsOnceTheDirectorHasEnded() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            p.running();
            assertEquals(1, p.administer("purge", "--yes"), "the director runs");
            assertEquals(3, p.world.vms().size());
            p.stop();
            assertEquals(2, p.administer("purge"), "it wants to be told that one means it");
            assertEquals(3, p.world.vms().size());
            assertEquals(0, p.administer("purge", "--yes"));
            assertEquals(0, p.world.vms().size());
            assertEquals(0, p.administer("purge", "--yes"), "there is nothing left to do");
        }
    }

    @Test
    void terminateSupersedesWhatIsUnderWay() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long sid = p.running();
            p.fleet.hang(step -> step.kind().equals(StepKind.CONFIGURE));
            p.client.services().change(sid, "add_nodes", Map.of("back", 2), false);
            Platform.require(p.ended(p.client.services().terminate(sid, true).operation()), Operation.State.DONE);
            Platform.await("all VMs are gone", () -> p.world.vms().isEmpty());
            assertEquals(0, p.client.credit().held());
        }
    }

    @Test
    void anotherDirectorGoesOnWithWhatIsUnfinished() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long sid = p.running();
            p.fleet.hang(step -> step.kind().equals(StepKind.CHECK));
            Operation op = p.client.services().change(sid, "add_nodes", Map.of("back", 1), false).operation();
            Platform.await("the node is configured", () -> p.client.operations().get(op.id()).steps().size() >= 3);
            p.stop();
            p.fleet.hang(step -> false);
            p.start();
            Platform.require(p.ended(op), Operation.State.DONE);
            assertEquals(4, p.world.vms().size());
            assertEquals(46, p.client.credit().credit());
        }
    }

    @Test
    void deadNodesAreReplaced() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long sid = p.running();
            ServiceDetail before = p.client.services().get(sid);
            String back = before.desired().nodesWith("back").getFirst();
            p.fleet.silence(before.nodes().stream().filter(n -> n.id().equals(back)).findFirst().orElseThrow().vmid());
            Platform.await("the agent is replaced", () -> {
                ServiceDetail now = p.client.services().get(sid);
                return now.service().state() == ServiceState.RUNNING && !now.desired().nodesWith("back").contains(back) && now.nodes().size() == 3;
            });
            p.fleet.silence(before.service().vmid());
            Platform.await("the manager is replaced", () -> {
                ServiceDetail now = p.client.services().get(sid);
                return !now.service().vmid().equals(before.service().vmid()) && !now.service().manager().isEmpty() && p.world.vms().size() == 3;
            });
            p.fleet.fail(step -> false);
            assertEquals(47, p.client.credit().credit());
            Platform.require(p.ended(p.client.services().change(sid, "add_nodes", Map.of("back", 1), false).operation()), Operation.State.DONE);
        }
    }

    @Test
    void creditsAreHeldAndNeverOverspent() throws Exception {
        try (Platform p = new Platform(folder, 4)) {
            long sid = p.running();
            ApiException e = assertThrows(ApiException.class, () -> p.client.services().change(sid, "add_nodes", Map.of("back", 2), false));
            assertEquals(ErrorCode.NOT_ENOUGH_CREDITS, e.error().code());
            assertEquals(ServiceState.RUNNING, p.client.services().get(sid).service().state());
            Platform.require(p.ended(p.client.services().change(sid, "add_nodes", Map.of("back", 1), false).operation()), Operation.State.DONE);
            assertEquals(0, p.client.credit().credit());
        }
    }
}
