package eu.conpaas.cloud.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudConfig;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.Vm;
import eu.conpaas.cloud.VmRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes in namespaces see, may do, and how addresses move between them. */
class NamespacesTest {
    /** Answers every line on port 8080 with its own first address; a connection may ask many times. */
    private static final String SERVER = """
            cat > /tmp/server.pl <<'END'
            use IO::Socket::INET;
            $SIG{CHLD} = 'IGNORE';
            my $s = IO::Socket::INET->new(LocalPort => 8080, Listen => 50, ReuseAddr => 1) or die;
            print "up\\n"; STDOUT->flush();
            while (my $c = $s->accept()) {
                next if fork();
                while (<$c>) { print $c "$ENV{CONPAAS_ADDRESS}\\n"; $c->flush(); }
                exit 0;
            }
            END
            exec perl /tmp/server.pl
            """;
    private static final String LOOK = """
            echo "uid $(id -u) host $(hostname) pid-of-init $(cat /proc/1/comm) $(hostname -i)"
            [ -e "%s" ] || echo "the director's folder is hidden"
            echo "homes: $(ls /home | wc -l)"
            touch /usr/touched 2>/dev/null || echo "usr read-only"
            touch /srv/conpaas/product/touched 2>/dev/null || echo "product read-only"
            mount -t tmpfs none /mnt 2>/dev/null && echo "may mount" || echo "no mount"
            setpriv --reuid 65534 --regid 65534 --clear-groups sh -c 'touch /tmp/by-nobody && cd /srv/conpaas/node && echo "nobody gets in"'
            install -d -o 65534 /srv/conpaas/node/engine
            setpriv --reuid 65534 --regid 65534 --clear-groups touch /srv/conpaas/node/engine/file && echo "nobody writes"
            for f in /tmp /var/tmp /run /dev/shm; do echo own > $f/private; done
            cat /proc/self/cgroup
            echo end
            exec sleep 1000000
            """;

    @TempDir
    Path folder;
    private World world;
    private Cloud cloud;

    private void open(String script) throws IOException {
        world = new World(folder, "namespaces", script);
        cloud = world.open();
    }

    @AfterEach
    void purge() throws Exception {
        if (cloud != null) {
            cloud.purge();
            world.assertNothingLeft();
        }
    }

    private Vm order(String token, String size, boolean privileged, String last) throws Exception {
        Vm vm = cloud.create(new VmRequest(token, "conpaas-test", size, "{}", null, privileged));
        World.eventually("the node is up", () -> cloud.consoleLog(vm.id(), 10_000).contains(last));
        return vm;
    }

    @Test
    void aNodeHasATreeOfItsOwn() throws Exception {
        open(LOOK.replace("%s", folder.toString()));
        String log = cloud.consoleLog(order("look", null, false, "end\n").id(), 10_000);
        assertTrue(log.contains("uid 0 host conpaas-test-1 pid-of-init tini " + cloud.list().getFirst().address()), log);
        assertTrue(log.contains("homes: 0"), log);
        for (String line : new String[] {"usr read-only", "product read-only", "no mount", "nobody gets in", "nobody writes",
                "the director's folder is hidden"}) {
            assertTrue(log.contains(line), line + " in " + log);
        }
        assertFalse(Files.exists(Path.of("/tmp/private")) || Files.exists(Path.of("/dev/shm/private")));
        String both = cloud.consoleLog(order("look2", null, true, "end\n").id(), 10_000);
        assertTrue(both.contains("may mount"), both);
    }

    @Test
    void sizesLimit() throws Exception {
        open(LOOK);
        if (!new Limits("probe").missing().isEmpty()) {
            assertTrue(cloud.notices().getFirst().contains("no limits"));
            return;
        }
        Vm vm = order("look", "small", false, "end\n");
        String mine = "/" + world.tag() + "/" + vm.id();
        String log = cloud.consoleLog(vm.id(), 10_000);
        if (Files.exists(Path.of("/sys/fs/cgroup/memory" + mine))) {
            assertTrue(log.contains("memory:" + mine) && log.contains("cpu:" + mine) && log.contains("pids:" + mine), log);
            assertEquals("536870912", Files.readString(Path.of("/sys/fs/cgroup/memory" + mine, "memory.limit_in_bytes")).strip());
            assertEquals(Runtime.getRuntime().availableProcessors() > 1 ? "100000" : "-1",
                    Files.readString(Path.of("/sys/fs/cgroup/cpu" + mine, "cpu.cfs_quota_us")).strip());
        } else {
            assertTrue(log.contains(mine), log);
            Path group = Path.of("/sys/fs/cgroup" + mine);
            assertEquals("536870912", Files.readString(group.resolve("memory.max")).strip());
            assertEquals(Runtime.getRuntime().availableProcessors() > 1 ? "100000 100000" : "max 100000", Files.readString(group.resolve("cpu.max")).strip());
        }
    }

    @Test
    void anAddressMovesAtOnceAndOthersDoNotNotice() throws Exception {
        open(SERVER);
        Vm first = order("one", null, false, "up\n");
        Vm second = order("two", null, false, "up\n");
        String address = cloud.reserveAddress("site");
        assertTrue(cloud.directorHost().startsWith(address.substring(0, address.lastIndexOf('.'))));
        try (Socket bystander = connect(first.address())) {
            for (int i = 0; i < 6; i++) {
                Vm holder = i % 2 == 0 ? first : second;
                cloud.attachAddress(address, holder.id());
                try (Socket fresh = connect(address)) {
                    assertEquals(holder.address(), ask(fresh), "after move " + i);
                }
                assertEquals(holder.address(), askFrom(first, address), "seen from the first node, after move " + i);
                assertEquals(holder.address(), askFrom(second, address), "seen from the second node, after move " + i);
                assertEquals(first.address(), ask(bystander), "the connection that was there before");
            }
        }
        cloud.attachAddress(address, first.id());
        cloud.terminate(first.id());
        cloud.attachAddress(address, second.id());
        try (Socket fresh = connect(address)) {
            assertEquals(second.address(), ask(fresh));
        }
        cloud.releaseAddress(address);
        assertFalse(LocalAddresses.of(world.init(second.id()).pid()).contains(address));
    }

    @Test
    void theBridgeStaysWithAnyNodeAndGoesWithTheLast() throws Exception {
        open(LOOK);
        Path bridge = Path.of("/sys/class/net", world.tag() + "b");
        Vm first = order("one", null, false, "end\n");
        Vm second = order("two", null, false, "end\n");
        cloud.terminate(first.id());
        cloud.close();
        assertTrue(Files.exists(bridge));
        cloud.terminate(second.id());
        assertFalse(Files.exists(bridge));
        assertEquals(cloud.directorHost(), world.open().directorHost());
        assertTrue(Files.exists(bridge));
    }

    @Test
    void theSubnetCanBeChosenAndTwoInstallationsCannotChooseTheSame() throws Exception {
        open(LOOK);
        String prefix = cloud.directorHost().substring(0, cloud.directorHost().lastIndexOf('.'));
        try (Cloud other = new LocalCloudDriver().open(new CloudConfig("default", "elsewhere", folder.resolve("other"), world.product(),
                Map.of("MODE", "namespaces", "SUBNET", prefix + ".0/24")))) {
            var e = assertThrows(CloudException.class, other::directorHost);
            assertTrue(e.getMessage().startsWith("SUBNET: "), e.getMessage());
            other.purge();
        }
    }

    private static Socket connect(String address) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(address, 8080), 2000);
        socket.setSoTimeout(2000);
        return socket;
    }

    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write("who\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        for (int c = socket.getInputStream().read(); c >= 0 && c != '\n'; c = socket.getInputStream().read()) {
            answer.append((char) c);
        }
        return answer.toString();
    }

    private String askFrom(Vm vm, String address) {
        Commands.Result result = Commands.run("nsenter", "--net=/proc/" + world.init(vm.id()).pid() + "/ns/net", "perl", "-MIO::Socket::INET", "-e",
                "my $s = IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => 8080, Timeout => 2) or die; print $s \"who\\n\"; $s->flush(); print scalar <$s>;", address);
        assertTrue(result.ok(), result.output());
        return result.output().strip();
    }
}
