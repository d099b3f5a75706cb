package eu.conpaas.director.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import eu.conpaas.api.ApiException;

class ConfigReaderTest {
    private static final Path FOLDER = Path.of("/data");

    private static DirectorConfig read(String text) {
        return ConfigReader.parse("director.cfg", text, FOLDER);
    }

    @Test
    void blanksInTheListOfCloudsDoNotMatter() {
        DirectorConfig config = read("""
                [conpaas]
                MAX_CREDIT = nonsense
                [director]
                DIRECTOR_URL = https://127.0.0.1:7777
                [iaas]
                DRIVER = LOCAL
                OTHER_CLOUDS = a, b
                [a]
                DRIVER = ec2
                [b]
                DRIVER = opennebula
                inst_type = small
                """);
        assertEquals(List.of("default", "a", "b"), config.clouds().stream().map(CloudSection::name).toList());
        assertEquals("small", config.clouds().getLast().options().get("INST_TYPE"));
        assertEquals("local", config.clouds().getFirst().driver());
        assertEquals(50, config.initialCredit());
        assertEquals(FOLDER.resolve("director.db"), config.database());
        assertEquals(7777, config.listen().getFirst().getPort());
    }

    @Test
    void allErrorsAreToldWithTheirLines() {
        ApiException e = assertThrows(ApiException.class, () -> read("""
                [director]
                DIRECTOR_URL = http://x
                LEASE = soon
                LISTEN = 0.0.0.0:5555
                COLOUR = red
                [iaas]
                OTHER_CLOUDS = nowhere
                """));
        String cause = e.error().cause();
        for (int line = 2; line <= 5; line++) {
            assertTrue(cause.contains("director.cfg:" + line + ": "), cause);
        }
        assertTrue(cause.contains("director.cfg:7: "), cause);
        assertTrue(cause.contains("DRIVER is missing"), cause);
        List<Integer> told = cause.lines().map(l -> Integer.valueOf(l.split(":")[1])).toList();
        assertEquals(told.stream().sorted().toList(), told, "in the order of the file");
    }

    @Test
    void aSectionThatNobodyReadsIsAnError() {
        ApiException e = assertThrows(ApiException.class, () -> read("""
                [director]
                DIRECTOR_URL = https://127.0.0.1:7777
                [iaas]
                DRIVER = local
                [conpas]
                MAX_CREDIT = 7
                """));
        assertTrue(e.error().cause().startsWith("director.cfg:5: unknown section [conpas]"), e.error().cause());
    }

    @Test
    void aDriversComplaintGetsItsLine() {
        CloudSection cloud = read("""
                [director]
                DIRECTOR_URL = https://127.0.0.1:7777
                [iaas]
                DRIVER = local
                MODE = jail
                """).clouds().getFirst();
        assertEquals("director.cfg:5: MODE: 'jail' is none", cloud.located("MODE: 'jail' is none"));
        assertEquals("the cloud is full", cloud.located("the cloud is full"));
    }
}
