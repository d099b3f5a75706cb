package eu.conpaas.cloud.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.Vm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalCloudTest {
    /** A node program with three kinds of companions: a plain one, one in a session of its own, one that hides its environment. */
    private static final String COMPANIONS = """
            if [ ! -e "$CONPAAS_NODE_DIR/engines" ]; then
                sleep 1000001 &
                setsid sleep 1000002 &
                (env -i setsid sleep 1000003 >"$CONPAAS_NODE_DIR/hidden.log" 2>&1 </dev/null &)
                touch "$CONPAAS_NODE_DIR/engines"
            fi
            echo $$ > "$CONPAAS_NODE_DIR/pid"
            echo up
            exec sleep 1000000
            """;

    @TempDir
    Path folder;
    private World world;
    private Cloud cloud;

    private Vm start(String mode) throws Exception {
        world = new World(folder, mode, COMPANIONS);
        cloud = world.open();
        Vm vm = cloud.create(World.order("token-1"));
        World.eventually("up", () -> ups(vm) == 1);
        return vm;
    }

    private long ups(Vm vm) {
        return cloud.consoleLog(vm.id(), 10_000).lines().filter("up"::equals).count();
    }

    @AfterEach
    void purge() throws Exception {
        if (cloud != null) {
            cloud.purge();
            world.assertNothingLeft();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"loopback", "namespaces"})
    void endingLeavesNothing(String mode) throws Exception {
        Vm vm = start(mode);
        cloud.terminate(vm.id());
        world.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"loopback", "namespaces"})
    void aNodeWhoseFirstProcessWasKilledHasFailedAndLeavesNothing(String mode) throws Exception {
        Vm vm = start(mode);
        Init init = world.init(vm.id());
        assertTrue(Procs.kill(init.pid()));
        World.eventually("failed", () -> cloud.describe(vm.id()).state() == Vm.State.FAILED);
        assertTrue(cloud.describe(vm.id()).reason().contains("up"));
        assertEquals(Vm.State.FAILED, cloud.create(World.order("token-1")).state());
        cloud.terminate(vm.id());
        world.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"loopback", "namespaces"})
    void theNodeProgramComesBackAndEnginesSurviveIt(String mode) throws Exception {
        Vm vm = start(mode);
        World.eventually("all sleep", () -> sleepers(vm, "100000[1230]").size() == 4);
        List<Long> sleepers = sleepers(vm, "100000[123]");
        long agent = sleepers(vm, "1000000").getFirst();
        long began = System.nanoTime();
        assertTrue(Procs.kill(agent));
        World.eventually("up again", () -> ups(vm) == 2);
        assertTrue(System.nanoTime() - began < 2_000_000_000L, "restarted at once");
        assertEquals(sleepers, sleepers(vm, "100000[123]"));
        assertEquals(Vm.State.RUNNING, cloud.describe(vm.id()).state());
    }

    /** Descendants of the node's first process that sleep so many seconds. */
    private List<Long> sleepers(Vm vm, String seconds) {
        return ProcessHandle.of(world.init(vm.id()).pid()).orElseThrow().descendants()
                .filter(p -> p.info().arguments().map(a -> a.length == 1 && a[0].matches(seconds)).orElse(false)).map(ProcessHandle::pid).sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"loopback", "namespaces"})
    void anEndThatWasCutShortIsFinished(String mode) throws Exception {
        Vm vm = start(mode);
        VmFolder files = world.fleet().folder(vm.id());
        files.store(files.load().asEnding());
        assertEquals(Vm.State.STOPPING, world.open().describe(vm.id()).state());
        Disk.remove(files.init());
        world.open().terminate(vm.id());
        world.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"loopback", "namespaces"})
    void anOrderThatWasCutShortIsCarriedOut(String mode) throws Exception {
        Vm vm = start(mode);
        VmFolder files = world.fleet().folder(vm.id());
        VmRecord record = files.load();
        cloud.terminate(vm.id());
        Disk.folder(files.path(), "rwx--x--x");
        files.store(record);
        assertEquals(Vm.State.PENDING, world.open().describe(vm.id()).state());
        Vm again = world.open().create(World.order("token-1"));
        assertEquals(vm.id(), again.id());
        assertEquals(Vm.State.RUNNING, again.state());
    }

    @ParameterizedTest
    @ValueSource(strings = {"loopback", "namespaces"})
    void theSameTokenElsewhereIsAnotherVm(String mode) throws Exception {
        Vm mine = start(mode);
        try (Cloud other = world.openOther()) {
            Vm theirs = other.create(World.order("token-1"));
            other.purge();
            assertEquals(mine.id(), theirs.id());
            assertEquals(Vm.State.RUNNING, cloud.describe(mine.id()).state());
            assertEquals(1, ups(mine));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"loopback", "namespaces"})
    void foldersOfOrdersThatNeverBeganGoWithTheLastVm(String mode) throws Exception {
        Vm vm = start(mode);
        Disk.folder(world.fleet().folder(Fleet.id("token-2")).path(), "rwx--x--x");
        assertEquals(1, cloud.list().size());
        cloud.terminate(vm.id());
        world.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"loopback", "namespaces"})
    void whatIsLeftOfAnotherBootHasFailed(String mode) throws Exception {
        Vm vm = start(mode);
        VmFolder files = world.fleet().folder(vm.id());
        VmRecord r = files.load();
        files.store(new VmRecord(r.format(), r.id(), r.token(), r.name(), r.size(), r.sharedFolder(), r.privileged(), r.mode(), r.number(),
                r.address(), "another", r.ending()));
        assertEquals(Vm.State.FAILED, cloud.describe(vm.id()).state());
    }

    @ParameterizedTest
    @ValueSource(strings = {"loopback", "namespaces"})
    void aNodeThatCannotStartLeavesNothingAndSaysWhy(String mode) throws Exception {
        start(mode);
        Files.delete(world.product().resolve("bin/conpaas-node"));
        var e = assertThrows(CloudException.class, () -> cloud.create(World.order("token-2")));
        assertTrue(e.getMessage().contains("bin/conpaas-node"), e.getMessage());
        assertEquals(1, cloud.list().size());
        assertFalse(cloud.list().stream().anyMatch(vm -> vm.token().equals("token-2")));
    }
}
