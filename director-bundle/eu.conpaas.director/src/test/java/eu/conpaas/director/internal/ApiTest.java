package eu.conpaas.director.internal;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One director for all tests of a class that look at it from outside, and a client that nobody knows. */
abstract class ApiTest {
    @TempDir
    static Path folder;
    static Platform platform;
    static LegacyClient stranger;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform(folder, 50);
        stranger = platform.legacy(null);
    }

    @AfterAll
    static void stop() {
        stranger.close();
        platform.close();
    }
}
