package eu.conpaas.cloud.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTest {
    @TempDir
    Path folder;

    @Test
    void aLongLogIsMovedAsideUnderItsWriter() throws Exception {
        Path log = folder.resolve("console.log");
        Path before = folder.resolve("console.log.1");
        Console.bound(log, 10);
        try (OutputStream writer = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            writer.write("short\n".getBytes(StandardCharsets.UTF_8));
            Console.bound(log, 10);
            assertFalse(Files.exists(before));
            writer.write("longer than that\n".getBytes(StandardCharsets.UTF_8));
            Console.bound(log, 10);
            writer.write("new\n".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals("short\nlonger than that\n", Files.readString(before));
        assertEquals("new\n", Files.readString(log));
        assertEquals("new", Console.lastLine(log));
    }
}
