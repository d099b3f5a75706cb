package eu.conpaas.cloud.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.CloudException.Kind;
import eu.conpaas.cloud.Vm;
import eu.conpaas.cloud.VmRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HostileCloudTest {
    private final HostileWorld world = new HostileWorld();
    private final FaultScript faults = new FaultScript();
    private final Cloud cloud = new HostileCloud("default", "a", world, faults);

    @TestFactory
    Stream<DynamicTest> keepsTheContractWithNothingScripted() {
        Subject subject = new Subject() {
            @Override
            public Cloud open() {
                return new HostileCloud("default", "a", world, faults);
            }

            @Override
            public Cloud openOther() {
                return new HostileCloud("default", "b", world, faults);
            }

            @Override
            public boolean boots() {
                return false;
            }

            @Override
            public Duration patience() {
                return Duration.ofSeconds(5);
            }
        };
        return CloudContract.checks(subject).stream().map(c -> DynamicTest.dynamicTest(c.name(), c::run));
    }

    @Test
    void createsTwice() {
        faults.next(Call.CREATE, Fault.TWICE);
        cloud.create(order("t1"));
        assertEquals(2, cloud.list().size());
        assertEquals(List.of("t1", "t1"), cloud.list().stream().map(Vm::token).toList());
    }

    @Test
    void losesTheAnswerButNotTheVm() {
        faults.pass(Call.CREATE, 1).next(Call.CREATE, Fault.LOST_ANSWER, Fault.LOST_ORDER);
        cloud.create(order("t1"));
        assertEquals(Kind.UNREACHABLE, assertThrows(CloudException.class, () -> cloud.create(order("t2"))).kind());
        assertEquals(Kind.UNREACHABLE, assertThrows(CloudException.class, () -> cloud.create(order("t3"))).kind());
        assertEquals(List.of("t1", "t2"), world.vms().stream().map(Vm::token).toList());
        assertEquals(List.of("CREATE t1", "CREATE t2", "CREATE t3"), world.calls());
    }

    @Test
    void losesDeletesAndListsStale() {
        Vm vm = cloud.create(order("t1"));
        faults.next(Call.TERMINATE, Fault.IGNORED).next(Call.LIST, Fault.STALE);
        cloud.terminate(vm.id());
        assertEquals(1, world.vms().size());
        cloud.terminate(vm.id());
        assertEquals(List.of(vm), cloud.list());
        assertEquals(List.of(), cloud.list());
    }

    @Test
    void refusesAsLongAsAskedTo() {
        faults.always(Call.CREATE, Fault.THROTTLED);
        assertEquals(Kind.THROTTLED, assertThrows(CloudException.class, () -> cloud.create(order("t1"))).kind());
        assertEquals(Kind.THROTTLED, assertThrows(CloudException.class, () -> cloud.create(order("t1"))).kind());
        faults.clear();
        assertEquals(Vm.State.RUNNING, cloud.create(order("t1")).state());
    }

    @Test
    void bootsOnlyWhatShouldBoot() {
        List<String> booted = new ArrayList<>();
        world.onBoot(vm -> booted.add(vm.token()));
        faults.next(Call.CREATE, Fault.NEVER_BOOTS, Fault.DIES);
        assertEquals(Vm.State.PENDING, cloud.create(order("t1")).state());
        assertEquals(Vm.State.FAILED, cloud.create(order("t2")).state());
        cloud.create(order("t3"));
        assertEquals(List.of("t3"), booted);
        assertTrue(world.request(cloud.list().getFirst().id()).userData().contains("t1"));
    }

    @Test
    void chanceRepeatsWithItsSeed() {
        assertEquals(outcomes(42), outcomes(42));
    }

    private static List<String> outcomes(long seed) {
        HostileWorld world = new HostileWorld();
        Cloud cloud = new HostileCloud("default", "a", world, new FaultScript().random(seed, 0.5, Fault.TWICE, Fault.CAPACITY));
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            try {
                outcomes.add(cloud.create(order("t" + i)).id());
            } catch (CloudException e) {
                outcomes.add(e.kind().name());
            }
        }
        return outcomes;
    }

    private static VmRequest order(String token) {
        return new VmRequest(token, "conpaas-test", null, "{\"token\":\"" + token + "\"}", null, false);
    }
}
