package eu.conpaas.cloud.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import eu.conpaas.cloud.testkit.CloudContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ContractTest {
    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> loopback() throws IOException {
        return checks(new World(folder, "loopback"));
    }

    @TestFactory
    Stream<DynamicTest> namespaces() throws IOException {
        return checks(new World(folder, "namespaces"));
    }

    private static Stream<DynamicTest> checks(World world) {
        Stream<DynamicTest> checks = CloudContract.checks(world).stream().map(c -> DynamicTest.dynamicTest(c.name(), c::run));
        return Stream.concat(checks, Stream.of(DynamicTest.dynamicTest("nothing is left", () -> {
            world.assertNothingLeft();
            String prefix = new NetworkChoice(world.folder.resolve("cloud"), world.installation() + "/default").kept().prefix();
            world.open().purge();
            assertEquals(List.of(), List.of(world.folder.resolve("cloud").toFile().list()));
            assertEquals(false, Files.exists(Path.of("/var/tmp/conpaas-networks", prefix)));
        })));
    }
}
