package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.rpc.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes with secret arguments, and changes that come with a file. */
class SecretsAndFilesTest {
    private static final String PASSWORD = "Sesam-öffne-dich-77";
    @TempDir
    private Path folder;

    @Test
    void aSecretIsNeitherStoredNorShownNorRepeated() throws IOException {
        try (Platform platform = new Platform(folder, 20)) {
            long sid = platform.created();
            Operation op = platform.client.services().change(sid, "set_password", Map.of("password", PASSWORD), false).operation();
            Platform.require(platform.ended(op), Operation.State.DONE);
            String shown = Json.write(platform.client.services().get(sid)) + Json.write(platform.client.operations().get(op.id())) + Json.write(platform.client.audit());
            assertFalse(shown.contains(PASSWORD) || shown.contains("secret."), shown);
            assertEquals(1, platform.number("SELECT count(*) FROM service WHERE sid = ? AND desired LIKE '%secret.password%'", sid), "managers are told its hash");
            ApiException e = assertThrows(ApiException.class, () -> platform.client.services().change(sid, "set_password", Map.of("password", "kurz#"), false));
            assertFalse((e.getMessage() + e.error().next()).contains("kurz#"), e.getMessage());
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String bytes = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                    assertFalse(bytes.contains(PASSWORD) || bytes.contains("kurz#"), file.toString());
                }
            }
        }
    }

    @Test
    void aFileIsKeptForItsOperationOnly() throws IOException {
        Path file = Files.writeString(Files.createDirectory(folder.resolve("mine")).resolve("notes.txt"), "some notes");
        try (Platform platform = new Platform(folder, 20)) {
            long sid = platform.created();
            assertEquals("take", platform.client.services().change(sid, "take", Map.of(), "what", file, true, false).plan().kind());
            assertEquals(0, platform.number("SELECT count(*) FROM content"), "a plan stores nothing");
            Operation op = platform.client.services().change(sid, "take", Map.of(), "what", file, false, false).operation();
            Platform.require(platform.ended(op), Operation.State.DONE);
            Map<String, String> data = platform.client.services().get(sid).desired().data();
            assertEquals(1, platform.number("SELECT count(*) FROM content WHERE hash = ?", data.get("taken")));
            assertEquals(1, data.size(), "what was for the operation alone is gone: " + data);
            assertEquals(0, platform.number("SELECT count(*) FROM content_ref WHERE sid = ?", sid));
            ApiException e = assertThrows(ApiException.class, () -> platform.client.services().change(sid, "take", Map.of(), false));
            assertEquals(ErrorCode.MISSING_ARGUMENT, e.error().code());
        }
    }
}
