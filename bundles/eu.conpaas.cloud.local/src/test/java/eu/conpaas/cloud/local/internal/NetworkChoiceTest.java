package eu.conpaas.cloud.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.cloud.CloudException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkChoiceTest {
    @TempDir
    Path folder;
    private final List<NetworkChoice> choices = new ArrayList<>();

    private NetworkChoice choice(String name) {
        NetworkChoice choice = new NetworkChoice(Disk.folder(folder.resolve(name), "rwx------"), "same identity, same start of the search");
        choices.add(choice);
        return choice;
    }

    @AfterEach
    void release() {
        choices.forEach(NetworkChoice::release);
    }

    @Test
    void theChoiceIsKept() {
        String prefix = choice("a").get(Mode.LOOPBACK, null, false).prefix();
        assertTrue(prefix.startsWith("127."));
        assertEquals(prefix, choice("a").get(Mode.LOOPBACK, null, true).prefix());
    }

    @Test
    void thoseWhoChooseTogetherChooseDifferently() throws Exception {
        List<NetworkChoice> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(choice("director-" + i));
        }
        List<Future<String>> prefixes = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(all.size())) {
            all.forEach(c -> prefixes.add(threads.submit(() -> c.get(Mode.NAMESPACES, null, false).prefix())));
        }
        List<String> found = new ArrayList<>();
        for (Future<String> prefix : prefixes) {
            found.add(prefix.get());
        }
        assertEquals(all.size(), found.stream().distinct().count(), found::toString);
    }

    @Test
    void aClaimWhoseFolderIsGoneIsFree() {
        String prefix = choice("a").get(Mode.LOOPBACK, null, false).prefix();
        assertNotEquals(prefix, choice("b").get(Mode.LOOPBACK, null, false).prefix());
        Disk.remove(folder.resolve("a"));
        assertEquals(prefix, choice("c").get(Mode.LOOPBACK, null, false).prefix());
    }

    @Test
    void whatIsGivenBackIsForgotten() {
        NetworkChoice a = choice("a");
        String prefix = a.get(Mode.LOOPBACK, null, false).prefix();
        a.release();
        assertNull(a.kept());
        assertFalse(Files.exists(Path.of("/var/tmp/conpaas-networks", prefix)));
        a.release();
    }

    @Test
    void aNetworkInUseByNodesIsNotLeft() {
        NetworkChoice a = choice("a");
        a.get(Mode.LOOPBACK, null, false);
        CloudException e = assertThrows(CloudException.class, () -> a.get(Mode.NAMESPACES, "10.9.8", true));
        assertEquals(CloudException.Kind.BAD_REQUEST, e.kind());
        assertTrue(a.get(Mode.NAMESPACES, null, false).prefix().startsWith("10."));
    }

    @Test
    void namesFitAndHardwareAddressesFollowAddresses() {
        NetworkPlan plan = new NetworkPlan(1, NetworkPlan.tag("x/default"), "namespaces", "10.200.7");
        assertTrue(plan.bridge().length() <= 15 && plan.veth(199).length() <= 15);
        assertEquals("02:c0:0a:c8:07:fe", plan.hardware(254));
        assertEquals("10.200.7.254", plan.address(254));
    }

    @Test
    void anInterfacesOwnSubnetIsNotFree() {
        String table = Disk.read(Path.of("/proc/net/route"));
        for (String line : table.lines().skip(1).filter(l -> !l.split("\\s+")[1].equals("00000000")).toList()) {
            long n = Integer.toUnsignedLong(Integer.reverseBytes(Integer.parseUnsignedInt(line.split("\\s+")[1], 16)));
            String prefix = (n >> 24) + "." + (n >> 16 & 255) + "." + (n >> 8 & 255);
            assertFalse(Routes.free(prefix, "none"), prefix);
            assertTrue(Routes.users(prefix).contains(line.split("\\s+")[0]));
        }
    }
}
