package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceDetail;
import eu.conpaas.cloud.testkit.Call;
import eu.conpaas.cloud.testkit.Fault;
import eu.conpaas.cloud.testkit.FaultScript;
import eu.conpaas.cloud.testkit.HostileCloud;

/** Addresses of services: where they lead, when they move, and that none is left behind. */
class AddressesTest {
    @TempDir
    Path folder;

    private static String holder(Platform p, String address) {
        String vmid = p.world.holder(address);
        return p.client.services().list().stream().flatMap(s -> p.client.services().get(s.sid()).nodes().stream()).filter(n -> n.vmid() != null && n.vmid().equals(vmid))
                .map(n -> n.id()).findFirst().orElse(null);
    }

    private static void change(Platform p, long sid, String method, Map<String, Object> arguments) {
        Platform.require(p.ended(p.client.services().change(sid, method, arguments, true).operation()), Operation.State.DONE);
    }

    @Test
    void aFurtherAddressLeadsToItsRolesAndStaysTheServices() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long sid = p.running();
            ServiceDetail detail = p.client.services().get(sid);
            String aside = detail.service().addresses().get("aside");
            assertNotEquals(detail.service().address(), aside);
            assertEquals(detail.desired().nodesWith("front").getFirst(), holder(p, detail.service().address()));
            String first = detail.desired().nodesWith("back").getFirst();
            assertEquals(first, holder(p, aside));

            change(p, sid, "add_nodes", Map.of("back", 1));
            assertEquals(first, holder(p, aside), "it stays while its node does");
            p.fleet.silence(p.world.holder(aside));
            Platform.await("the dead node's place is taken by one that was there", () -> !first.equals(holder(p, aside)) && holder(p, aside) != null);
            Platform.await("another is made", () -> p.client.services().get(sid).service().operation() == null
                    && p.client.services().get(sid).desired().nodesWith("back").size() == 2 && !p.client.services().get(sid).desired().nodesWith("back").contains(first));
            change(p, sid, "remove_nodes", Map.of("back", 2));
            assertEquals(detail.desired().nodesWith("front").getFirst(), holder(p, aside), "without one of the first role, to the next");

            change(p, sid, "shutdown", Map.of());
            change(p, sid, "startup", Map.of());
            assertEquals(aside, p.client.services().get(sid).service().addresses().get("aside"));
            p.restart();
            assertEquals(aside, p.client.services().get(sid).service().addresses().get("aside"));
            Platform.require(p.ended(p.client.services().terminate(sid, true).operation()), Operation.State.DONE);
            assertEquals(Map.of(), p.world.reserved());
        }
    }

    @Test
    void anOperationTakenBackTakesItsAddressesBack() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long sid = p.running();
            change(p, sid, "remove_nodes", Map.of("back", 1));
            String aside = p.client.services().get(sid).service().addresses().get("aside");
            String front = p.client.services().get(sid).desired().nodesWith("front").getFirst();
            assertEquals(front, holder(p, aside));
            p.faults.next(Call.ATTACH, Fault.LOST_ANSWER, Fault.THROTTLED);
            Operation op = p.ended(p.client.services().change(sid, "add_nodes", Map.of("back", 1), false).operation());
            Platform.require(op, Operation.State.UNDONE);
            assertEquals(front, holder(p, aside));
        }
    }

    @Test
    void whereTheCloudHasNoMoreTheServiceDoesWithoutAFurtherOne() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            p.faults.pass(Call.RESERVE, 1).next(Call.RESERVE, Fault.QUOTA);
            long sid = p.running();
            ServiceDetail detail = p.client.services().get(sid);
            assertEquals(Map.of(), detail.service().addresses());
            assertEquals(detail.desired().nodesWith("front").getFirst(), holder(p, detail.service().address()));
        }
    }

    @Test
    void whatNoServiceClaimsIsGivenBack() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            p.created();
            List<String> before = List.copyOf(p.world.reserved().keySet());
            assertEquals(2, before.size());
            String installation = before.getFirst().substring(0, before.getFirst().lastIndexOf('/'));
            try (HostileCloud same = new HostileCloud("same", installation, p.world, new FaultScript())) {
                same.reserveAddress("s4711");
                same.reserveAddress("s4711-aside");
            }
            assertTrue(p.world.reserved().size() <= 4);
            Platform.await("only the service's own are left", () -> new TreeSet<>(p.world.reserved().keySet()).equals(new TreeSet<>(before)));
        }
    }
}
