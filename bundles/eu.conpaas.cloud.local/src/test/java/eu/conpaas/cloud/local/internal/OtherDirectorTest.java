package eu.conpaas.cloud.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.Vm;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directors that die, and directors of other users. */
class OtherDirectorTest {
    private static final String NOBODY = "65534";
    private static final int VMS = 3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"loopback", "namespaces"})
    void nodesOutliveADirectorThatIsKilled(String mode) throws Exception {
        World world = new World(folder, mode);
        Process director = director(world);
        try (BufferedReader out = reader(director)) {
            while (!"done".equals(out.readLine())) {
                assertTrue(director.isAlive());
            }
            List<Init> before = world.fleet().all().stream().map(vm -> world.init(vm.id())).toList();
            director.destroyForcibly().waitFor();
            try (Cloud cloud = world.open()) {
                assertEquals(VMS, cloud.list().size());
                assertTrue(cloud.list().stream().allMatch(vm -> vm.state() == Vm.State.RUNNING));
                assertEquals(before, world.fleet().all().stream().map(vm -> world.init(vm.id())).toList());
                cloud.list().forEach(vm -> cloud.terminate(vm.id()));
                world.assertNothingLeft();
            }
        } finally {
            end(director, world);
        }
    }

    /** Whatever has gone wrong, nothing stays on the machine. */
    private static void end(Process director, World world) throws Exception {
        director.destroyForcibly().waitFor();
        try (Cloud cloud = world.open()) {
            cloud.purge();
        }
    }

    /** Kills a director at some moment of its first or second create; the next one repeats its calls and has exactly what was asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"loopback", "namespaces"})
    void createsCutShortAreRepeatable(String mode) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        World world = new World(folder, mode);
        for (int round = 0; round < 4; round++) {
            Process director = director(world);
            try (BufferedReader out = reader(director); Cloud cloud = world.open()) {
                assertEquals("token-0", out.readLine(), "seed " + seed);
                LockSupport.parkNanos(random.nextInt(250_000_000));
                director.destroyForcibly().waitFor();
                for (int i = 0; i < VMS; i++) {
                    assertEquals(Vm.State.RUNNING, cloud.create(World.order("token-" + i)).state(), "seed " + seed);
                }
                assertEquals(VMS, cloud.list().size(), "seed " + seed);
                assertEquals(VMS, cloud.list().stream().map(Vm::address).distinct().count(), "seed " + seed);
                cloud.purge();
                world.assertNothingLeft();
            } finally {
                end(director, world);
            }
        }
    }

    @Test
    void anOrdinaryUserHasTheWholeContractOnLoopback() throws Exception {
        assumeTrue(Procs.privileged(), "needs root to become somebody else");
        Path place = Files.createTempDirectory("conpaas-nobody");
        try {
            int nobody = Integer.parseInt(NOBODY);
            Files.setAttribute(place, "unix:uid", nobody);
            Files.setAttribute(place, "unix:gid", nobody);
            Process user = OtherDirector.start(NOBODY, place.resolve("lib"), "check", place.toString());
            List<String> lines = new ArrayList<>();
            try (BufferedReader out = reader(user)) {
                out.lines().forEach(lines::add);
            } finally {
                user.destroyForcibly();
            }
            assertTrue(lines.getFirst().contains("no isolation"), lines::toString);
            assertEquals("done", lines.getLast(), lines::toString);
            assertTrue(lines.contains("passed: purge ends everything of the installation and nothing else"), lines::toString);
            assertFalse(Files.exists(place.resolve("cloud/vms")));
        } finally {
            Disk.remove(place);
        }
    }

    private static Process director(World world) throws Exception {
        return OtherDirector.start(null, null, "create", world.folder.resolve("cloud").toString(), world.product().toString(), world.installation(), world.mode,
                String.valueOf(VMS));
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
